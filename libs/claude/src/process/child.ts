import type { Readable, Writable } from 'node:stream';

/** A spawned process, reduced to what is used of it. */
export interface Child {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** False once it has ended. */
  readonly isAlive: boolean;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has ended and was waited for: no zombie is left. Its pipes may still hold output. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}
