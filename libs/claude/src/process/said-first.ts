/**
 * How long a row may take to be on disk before Claude's question is asked without it, in ms: by far longer than it takes where rows are
 * written at all.
 */
const LONGEST_MS = 3_000;

/**
 * Lets what Claude asks wait for what it said before: the CLI prints its request some 40 ms before the row of the text that leads to it is
 * on disk (measured on 2.1.329), and only then may that be told.
 */
export class SaidFirst {
  readonly #longestMs: number;
  #isWaiting = false;
  readonly #passing = new Set<() => void>();

  constructor(longestMs = LONGEST_MS) {
    this.#longestMs = longestMs;
  }

  /** To be called when a line was dealt with. `isWaiting`: something was printed and is not yet told. */
  note(isWaiting: boolean): void {
    this.#isWaiting = isWaiting;
    if (!isWaiting) for (const pass of this.#passing) pass();
  }

  /** Resolves when all is told that was printed; at the latest when that took too long, or `signal` is aborted. Never rejects. */
  async passed(signal: AbortSignal): Promise<void> {
    if (!this.#isWaiting || signal.aborted) return;
    let pass = () => {};
    const isOver = new Promise<void>((resolve) => {
      pass = resolve;
    });
    const timer = setTimeout(pass, this.#longestMs);
    this.#passing.add(pass);
    signal.addEventListener('abort', pass, { once: true });
    await isOver;
    clearTimeout(timer);
    this.#passing.delete(pass);
    signal.removeEventListener('abort', pass);
  }
}
