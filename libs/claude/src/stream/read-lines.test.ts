import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

async function all(stream: AsyncIterable<Buffer>, maxBytes = 1_000): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const { bytes, ...line } of readLines(stream, maxBytes)) {
    lines.push('text' in line ? line.text : { droppedBytes: bytes, ...line });
  }
  return lines;
}

test('lines are cut at newlines wherever the chunks are cut', async () => {
  expect(await all(chunks('a\nb', 'c', '\n', '\nd\n'))).toEqual(['a', 'bc', '', 'd']);
});

test('a character that is split between chunks is read right', async () => {
  const bytes = Buffer.from('{"t":"żółw 🐢"}\n');
  for (let cut = 1; cut < bytes.length; cut += 1) {
    expect(await all(chunks(bytes.subarray(0, cut), bytes.subarray(cut)))).toEqual(['{"t":"żółw 🐢"}']);
  }
});

test('an unfinished last line is yielded', async () => {
  expect(await all(chunks('a\nb'))).toEqual(['a', 'b']);
});

test('a line of exactly the limit is kept, a longer one is dropped with its length and its beginning', async () => {
  expect(await all(chunks('1234567890\n', '12345', '678901', '2\n', 'next\n'), 10)).toEqual([
    '1234567890',
    { droppedBytes: 12, head: '12345678901' },
    'next',
  ]);
});

test('a line of 300 MB passes in bounded memory', async () => {
  let held = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (let i = 0; i < 300; i += 1) {
      yield Buffer.alloc(1 << 20, 'x');
      if (i % 50 === 0) held = Math.max(held, process.memoryUsage().arrayBuffers);
    }
    yield Buffer.from('\nafter\n');
  }
  const before = process.memoryUsage().arrayBuffers;
  const lines = await all(endless(), 4 << 20);
  expect(lines).toEqual([{ droppedBytes: 300 << 20, head: 'x'.repeat(200) }, 'after']);
  expect(held - before).toBeLessThan(150 << 20);
});

test('nothing more is pulled while the consumer works on a line', async () => {
  let pulled = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for (; pulled < 100; pulled += 1) yield Buffer.from(`${pulled}\n`);
  }
  for await (const line of readLines(counted(), 100)) {
    expect(line).toEqual({ text: String(pulled), bytes: 1 });
    if (pulled === 3) break;
  }
  expect(pulled).toBe(3);
});
