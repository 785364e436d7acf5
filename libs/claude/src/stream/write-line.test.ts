import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { writeLine } from './write-line.ts';

test('a value becomes one line', async () => {
  const stream = new PassThrough();
  await writeLine(stream, { text: 'a\nb' });
  expect(stream.read().toString()).toBe('{"text":"a\\nb"}\n');
});

test('a full pipe is waited for', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  let written = false;
  const writing = writeLine(stream, { text: 'longer than the pipe' }).then(() => {
    written = true;
  });
  await new Promise(setImmediate);
  expect(written).toBe(false);
  stream.resume();
  await writing;
});

test('a closed pipe rejects, before and while it is written to', async () => {
  const closed = new PassThrough();
  closed.destroy();
  await expect(writeLine(closed, {})).rejects.toThrow("Claude's stdin is closed");
  const closing = new PassThrough({ highWaterMark: 1 });
  const writing = writeLine(closing, { text: 'more' });
  closing.destroy();
  await expect(writing).rejects.toThrow('closed while a message was written');
});
