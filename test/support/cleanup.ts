/** What has to be undone at the end, however the end comes: in the reverse order, each step once. */
export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /** Whether the whole is being broken off. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Throws once the whole is being broken off: nothing new may begin then; what did begin is undone at once. */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
    if (!this.#closed) return;
    void this.run();
    throw new Error('Broken off');
  }

  /** Undoes all there is, and rejects with the first error when all is done. */
  run(): Promise<void> {
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The same, and nothing more may begin. */
  close(): Promise<void> {
    this.#closed = true;
    return this.run();
  }

  async #runAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }
}

/** Ctrl-C: everything that was started is ended first. A signal may come twice: from the terminal, and passed on by tsx. */
export function breakOffOnSignals(cleanup: Cleanup, say: (line: string) => void): void {
  const end = () => process.exit(130);
  const breakOff = () => {
    if (cleanup.isClosed) return;
    say('\nBroken off; stopping what was started…');
    cleanup.close().then(end, end);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, breakOff);
}
