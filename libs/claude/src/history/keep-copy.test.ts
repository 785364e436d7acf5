import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyConversation } from './copy-conversation.ts';
import { keepCopy, restoreCopy } from './keep-copy.ts';
import { findLoss } from './read-history.ts';

const ID = '56cbfb68-1682-4236-a7dd-07668583fb63';
const OTHER = '74d6bbe3-cbc7-43fe-8090-710d10be3f55';
let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'claude-history-'));
  path = join(dir, 'config/projects/-p', `${ID}.jsonl`);
  await mkdir(join(dir, 'config/projects/-p'), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

const kept = () => ({
  claudeSessionId: ID,
  configDir: join(dir, 'config'),
  environment: { HOME: dir },
  copies: join(dir, 'copies'),
});
const row = (type: string, uuid: string) =>
  `${JSON.stringify({ type, uuid, sessionId: ID, message: { content: 'x' } })}\n`;
const SAID = row('user', 'u1') + row('assistant', 'a1');

describe('the history of a conversation', () => {
  it.each([
    ['is there', SAID, undefined],
    ['is missing', undefined, 'missing'],
    ['is empty', '{"type":"mode"}\n', 'empty'],
    ['is cut off', `${row('user', 'u1')}{"type":"assis`, 'cut off'],
  ])('%s', async (_, content, loss) => {
    if (content !== undefined) await writeFile(path, content);
    expect(await findLoss(kept(), 'a1')).toBe(loss);
  });
});

describe('a copy', () => {
  it('of a transcript that is deleted gives it back, with all that was said after it was made', async () => {
    await writeFile(path, row('user', 'u1'));
    await keepCopy(kept());
    await appendFile(path, row('assistant', 'a1'));
    await keepCopy(kept());
    await rm(join(dir, 'config/projects'), { recursive: true });
    expect(await restoreCopy(kept(), 'a1', 1)).toBe(true);
    expect(await findLoss(kept(), 'a1')).toBeUndefined();
  });

  it('is not replaced by less, and gives back what was cut off; the rest of that is put aside', async () => {
    await writeFile(path, SAID);
    await keepCopy(kept());
    await rm(path);
    await writeFile(path, row('user', 'u1'));
    await keepCopy(kept());
    expect(await restoreCopy(kept(), 'a1', 1)).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(SAID);
    expect(await readdir(join(path, '..'))).toEqual([`${ID}.jsonl`, `${ID}.jsonl.unusable-1`]);
  });

  it('that does not have the row either gives nothing back', async () => {
    await writeFile(path, row('user', 'u1'));
    await keepCopy(kept());
    await rm(path);
    expect(await restoreCopy(kept(), 'a1', 1)).toBe(false);
    expect(await findLoss(kept(), 'a1')).toBe('missing');
  });

  it('of a conversation that nobody can bring back any more is removed', async () => {
    await mkdir(kept().copies);
    await writeFile(join(kept().copies, `${OTHER}.jsonl`), SAID);
    await writeFile(join(kept().copies, 'old.jsonl'), SAID);
    await writeFile(path, SAID);
    await keepCopy(kept(), [OTHER]);
    expect((await readdir(kept().copies)).sort()).toEqual([`${ID}.jsonl`, `${OTHER}.jsonl`]);
  });
});

describe('a conversation that is cut before a message', () => {
  it('has what was said before it, under its own id; the other is as it was', async () => {
    const whole = SAID + row('user', 'u2') + row('assistant', 'a2');
    await writeFile(path, whole);
    await copyConversation(kept(), OTHER, 'u2');
    const copy = await readFile(join(path, '..', `${OTHER}.jsonl`), 'utf8');
    expect(copy).toBe(SAID.replaceAll(ID, OTHER));
    expect(await readFile(path, 'utf8')).toBe(whole);
  });

  it('is none if nothing was said before', async () => {
    await writeFile(path, SAID);
    await copyConversation(kept(), OTHER, 'u1');
    expect(await readdir(join(path, '..'))).toEqual([`${ID}.jsonl`]);
  });
});
