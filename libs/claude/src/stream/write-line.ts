import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Writes one JSON line and waits until the pipe takes more. Rejects when the pipe is closed. Always a single JSON line:
 * one line that is not JSON ends the CLI (measured on 2.1.329).
 */
export async function writeLine(stream: Writable, value: object): Promise<void> {
  if (stream.destroyed || stream.writableEnded) throw new Error("Claude's stdin is closed");
  const takesMore = stream.write(`${JSON.stringify(value)}\n`);
  if (takesMore) return;
  await Promise.race([once(stream, 'drain'), once(stream, 'close').then(() => closedWhileWriting())]);
}

function closedWhileWriting(): never {
  throw new Error("Claude's stdin was closed while a message was written");
}
