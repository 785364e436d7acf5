import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { redact, StderrTail } from './stderr-tail.ts';

test('only the end is kept', async () => {
  const stream = new PassThrough();
  const tail = new StderrTail(stream, 11, []);
  for (let i = 0; i < 100; i += 1) stream.write(`line ${i}\n`);
  stream.end();
  await tail.ended;
  expect(tail.text).toBe('98\nline 99');
});

test('secrets are blotted out, short values are not', () => {
  expect(redact('key sk-ant-12345678 and key sk-ant-12345678, mode k', ['sk-ant-12345678', 'k'])).toBe(
    'key [redacted] and key [redacted], mode k',
  );
});
