import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTail } from './read-tail.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'read-tail-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('the end of a file', () => {
  const tailOf = async (content: string, maxBytes = 100) => {
    const path = join(dir, 'x.output');
    await writeFile(path, content);
    return (await readTail(path, maxBytes)).text;
  };

  it('is all of a short one, and whole lines of a long one', async () => {
    expect(await tailOf('a\nb\n')).toBe('a\nb\n');
    expect(await tailOf(`${'x'.repeat(200)}\n${'y'.repeat(50)}\nend`)).toBe(`${'y'.repeat(50)}\nend`);
  });

  it('has nothing of a long line that may have begun with a secret', async () => {
    expect(await tailOf('s'.repeat(5_000), 600)).toBe('s'.repeat(600 - 512));
  });

  it.each([
    ['between lines', `before\n${'\0'.repeat(5_000)}\n`, 'before\n\n'],
    ['before all that is there', `${'\0'.repeat(5_000)}after\n`, 'after\n'],
    ['in the middle of a line', `be${'\0'.repeat(5_000)}fore\n`, 'before\n'],
  ])('is found behind NULs %s', async (_where, content, expected) => {
    expect(await tailOf(content)).toBe(expected);
  });

  it('is not looked for without end', async () => {
    const path = join(dir, 'sparse.output');
    await writeFile(path, 'long ago\n');
    await truncate(path, 50_000_000);
    expect((await readTail(path, 100)).text).toBe('');
  });
});
