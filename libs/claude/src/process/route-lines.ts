import { type Line, parseLine } from '../stream/line.ts';
import { readLines } from '../stream/read-lines.ts';

export interface LineHandlers {
  /** A line that is understood. The next one is read when the promise has resolved. */
  line(line: Line): Promise<void>;
  /** A line was too long to keep. */
  lost(): void;
  /** Anything at all was printed. */
  alive(): void;
  warn(warning: string): void;
}

/** Reads stdout to its end. Never rejects: what cannot be read is warned of and skipped. */
export async function routeLines(stdout: AsyncIterable<Buffer>, maxBytes: number, to: LineHandlers): Promise<void> {
  let garbage = 0;
  try {
    for await (const read of readLines(stdout, maxBytes)) {
      to.alive();
      if ('droppedBytes' in read) {
        to.warn(`a line of ${read.droppedBytes} bytes (limit ${maxBytes}) was dropped; it begins: ${read.head}`);
        to.lost();
        continue;
      }
      const line = parseLine(read.text);
      if (line === 'not-json' && read.text.trim() !== '') {
        garbage += 1;
        if (garbage === 1) to.warn(`a line that is no JSON object was ignored: ${read.text.slice(0, 200)}`);
      }
      if (typeof line !== 'string') await to.line(line);
    }
  } catch (error) {
    to.warn(`Claude's output could not be read to its end: ${String(error)}`);
  }
  if (garbage > 1) to.warn(`${garbage} lines that are no JSON objects were ignored`);
}
