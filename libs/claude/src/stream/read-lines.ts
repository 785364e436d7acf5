const NEWLINE = 0x0a;
/** How much of a dropped line is kept, in bytes: enough to see what it was. */
const HEAD_BYTES = 200;

/** A line without its newline, or the beginning of one that was too long to keep. `bytes`: its length in the stream. */
export type ReadLine = { bytes: number } & ({ text: string } | { head: string });

/**
 * Cuts a byte stream into lines and holds at most `maxBytes` of one. A longer line is skipped as it arrives and reported
 * when it ends. Lines are decoded whole, so a character that is split between two chunks is read right. The stream is
 * pulled: while the consumer works on a line, nothing more is read. An unfinished last line is yielded like any other.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<ReadLine> {
  const line = new PartialLine(maxBytes);
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      line.add(chunk.subarray(start, end));
      yield line.take();
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  if (line.bytes > 0) yield line.take();
}

/** The line that is being read. `bytes` counts all of it, `chunks` holds it until it is too long. */
class PartialLine {
  bytes = 0;
  #chunks: Buffer[] = [];
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    const kept = this.bytes <= this.#maxBytes;
    this.bytes += chunk.length;
    if (!kept) return;
    this.#chunks.push(chunk);
    if (this.bytes > this.#maxBytes) this.#chunks = [Buffer.from(Buffer.concat(this.#chunks).subarray(0, HEAD_BYTES))];
  }

  take(): ReadLine {
    const whole = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const text = whole.toString('utf8');
    const { bytes } = this;
    const read: ReadLine = bytes > this.#maxBytes ? { bytes, head: text } : { bytes, text };
    this.bytes = 0;
    this.#chunks = [];
    return read;
  }
}
