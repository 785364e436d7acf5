import { open, stat } from 'node:fs/promises';

/** The end of a file that a command writes to. */
interface Tail {
  /** The last lines that say something. */
  readonly text: string;
  /** When the file was made, in ms since the epoch. */
  readonly since: number;
}

/** How far back a file is read in search of something that is no NUL, in bytes. */
const FURTHEST = 1_048_576;
/** Longer than any secret: of one that is cut off at its beginning nothing may be left. In UTF-16 units. */
const LEFT_OUT = 512;

/**
 * The end of a file, of about `maxBytes` at most, without its NULs: a file that was emptied under who writes to it has them in the place of
 * what went before, and behind them may be all that there is to read. Rejects as the file system does.
 */
export async function readTail(path: string, maxBytes: number): Promise<Tail> {
  const { size, birthtimeMs } = await stat(path);
  const file = await open(path, 'r');
  try {
    for (let take = maxBytes; ; take *= 4) {
      const from = Math.max(0, size - Math.min(take, FURTHEST));
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
      const text = buffer.toString('utf8', 0, bytesRead).replaceAll('\0', '');
      const isEnough = text.length >= maxBytes / 2 || from === 0 || take >= FURTHEST;
      if (isEnough) return { text: lastOf(text, maxBytes, from === 0), since: birthtimeMs };
    }
  } finally {
    await file.close();
  }
}

function lastOf(text: string, most: number, isWhole: boolean): string {
  if (isWhole && text.length <= most) return text;
  return wholeLines(text.slice(-most));
}

/** Without what may have begun before the text. */
function wholeLines(text: string): string {
  const start = text.indexOf('\n') + 1;
  return text.slice(start > 0 ? start : LEFT_OUT);
}
