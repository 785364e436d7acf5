/** A point at which something is held up until the test lets it go on, or never. */
export interface Hold<T> {
  /** Resolves to what was held, when it was. */
  readonly reached: Promise<T>;
  release(): void;
}

/** Holds the first thing that matches. */
export class Holds<T> {
  readonly #open: { matches(seen: T): boolean; reach(seen: T): void; released: Promise<void> }[] = [];

  add(matches: (seen: T) => boolean): Hold<T> {
    const reached = deferred<T>();
    const released = deferred<void>();
    this.#open.push({ matches, reach: reached.resolve, released: released.promise });
    return { reached: reached.promise, release: () => released.resolve() };
  }

  /** Resolves when the thing may go on: at once if no hold matches it. */
  async pass(seen: T): Promise<void> {
    const index = this.#open.findIndex(({ matches }) => matches(seen));
    if (index === -1) return;
    const [hold] = this.#open.splice(index, 1);
    hold?.reach(seen);
    await hold?.released;
  }
}

/** A promise with its handle outside. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
