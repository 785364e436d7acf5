import { type Line, parseLine } from '../stream/line.ts';
import { readLines } from '../stream/read-lines.ts';

interface LineHandlers {
  /** A line that is understood. The next one is read when the promise has resolved. */
  line(line: Line): Promise<void>;
  /** A line was too long to keep. */
  lost(): void;
  /** Anything at all was printed. */
  alive(): void;
  warn(warning: string): void;
}

/** Reads stdout to its end. Never rejects: what cannot be read is warned of (once for each reason) and skipped. */
export async function routeLines(stdout: AsyncIterable<Buffer>, maxBytes: number, to: LineHandlers): Promise<void> {
  const unused = { 'not-json': 0, unfit: 0, unknown: 0 };
  try {
    for await (const read of readLines(stdout, maxBytes)) {
      to.alive();
      if ('head' in read) {
        to.warn(`a line of ${read.bytes} bytes (limit ${maxBytes}) was dropped; it begins: ${read.head}`);
        to.lost();
        continue;
      }
      if (read.text.trim() === '') continue;
      const line = parseLine(read.text);
      if (typeof line !== 'string') {
        await to.line(line);
        continue;
      }
      unused[line] += 1;
      if (unused[line] === 1 && line !== 'unknown') to.warn(`${PROBLEM[line]}: ${read.text.slice(0, 300)}`);
    }
  } catch (error) {
    to.warn(`Claude's output could not be read to its end: ${String(error)}`);
  }
  const ignored = unused['not-json'] + unused.unfit;
  if (ignored > 1) to.warn(`${ignored} lines of Claude's output were ignored`);
}

const PROBLEM = {
  'not-json': 'a line that is no JSON object was ignored',
  unfit: 'a line that does not look as expected was ignored; does this version of Claude Code differ?',
};
