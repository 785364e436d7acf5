import type { Readable } from 'node:stream';

/** The end of a process's stderr, for error messages, with credentials blotted out. Always drained, so it never blocks. */
export class StderrTail {
  #chunks = Buffer.alloc(0);
  readonly #secrets: readonly string[];
  /** Resolves when all was read. */
  readonly ended: Promise<void>;

  constructor(stream: Readable, limitBytes: number, secrets: readonly string[]) {
    this.#secrets = secrets;
    stream.on('data', (chunk: Buffer) => {
      const all = Buffer.concat([this.#chunks, chunk]);
      this.#chunks = all.length > limitBytes ? Buffer.from(all.subarray(all.length - limitBytes)) : all;
    });
    stream.on('error', () => {});
    this.ended = new Promise((resolve) => stream.once('close', resolve));
  }

  get text(): string {
    return redact(this.#chunks.toString('utf8').trim(), this.#secrets);
  }
}

/** Blots out every occurrence of the secrets. Short values are left alone: they would blot out ordinary words. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret.length >= 8).reduce((rest, s) => rest.replaceAll(s, '[redacted]'), text);
}
