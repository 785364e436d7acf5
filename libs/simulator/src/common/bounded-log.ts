/** A list that forgets its oldest entries beyond a limit. */
export type BoundedLog<T> = {
  add(entry: T): void;
  /** A copy, oldest first. */
  entries(): T[];
  clear(): void;
};

/** @param limit how many entries are kept */
export function createBoundedLog<T>(limit: number): BoundedLog<T> {
  let kept: T[] = [];
  return {
    add(entry) {
      kept.push(entry);
      // Trimmed in bulk, so that a full log does not copy itself for every entry.
      if (kept.length > limit * 1.25) kept = kept.slice(-limit);
    },
    entries: () => kept.slice(-limit),
    clear() {
      kept = [];
    },
  };
}
