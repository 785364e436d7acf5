import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collect, message, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.dispose());

test.each([
  [529, 'overloaded', true],
  [500, 'api-error', true],
  [401, 'invalid-credentials', false],
  [403, 'invalid-credentials', false],
  [404, 'unknown-model', false],
  [400, 'request-refused', false],
] as const)(
  'an answer of %i is the error %s, nothing is said, and the next message is answered',
  async (status, code, retryable) => {
    const claude = await world.start({ maxApiRetries: 0 });
    const seen = collect();
    await expect(claude.runTurn(message(`[[error ${status}]]`), seen)).rejects.toMatchObject({
      code,
      retryable,
      status,
    });
    expect(seen.said).toEqual([]);
    await expect(claude.runTurn(message('[[say Fine.]]'), collect())).resolves.toMatchObject({ text: 'Fine.' });
  },
);

test('a retry of the CLI is told', async () => {
  const claude = await world.start({ maxApiRetries: 2 });
  const seen = collect();
  await expect(claude.runTurn(message('[[error 529 times 1]][[say Fine.]]'), seen)).resolves.toMatchObject({
    text: 'Fine.',
  });
  expect(seen.events).toContainEqual(
    expect.objectContaining({ type: 'retrying', attempt: 1, maxAttempts: 2, status: 529 }),
  );
});

test('no login and no key', async () => {
  const environment = { ...world.options.environment, ANTHROPIC_API_KEY: undefined };
  const claude = await world.start({ environment });
  await expect(claude.runTurn(message('hello'), collect())).rejects.toMatchObject({ code: 'not-logged-in' });
});

test('an API that cannot be reached', async () => {
  const environment = { ...world.options.environment, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
  const claude = await world.start({ environment, maxApiRetries: 0 });
  await expect(claude.runTurn(message('hello'), collect())).rejects.toMatchObject({
    code: 'unreachable',
    retryable: true,
  });
});

test('root may not bypass permissions outside a sandbox', async () => {
  // Everybody else may: the CLI guards root alone.
  if (process.getuid?.() !== 0) return;
  const environment = { ...world.options.environment, IS_SANDBOX: undefined };
  await expect(world.start({ environment })).rejects.toMatchObject({ code: 'bypass-refused' });
  expect(await world.census()).toEqual([]);
});

test('a config directory that cannot hold transcripts is warned of', async () => {
  await mkdir(join(world.directory, 'config'));
  // Permissions do not stop root; a file where the directory of transcripts should be stops everybody.
  await writeFile(join(world.directory, 'config', 'projects'), '');
  const claude = await world.start();
  const outcome = await claude.runTurn(message('hello'), collect());
  await claude.stop();
  expect(outcome.isKept).toBe(false);
  expect(world.warnings).toContainEqual(expect.stringContaining('wrote no transcript'));
});
