import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { continuesInterrupted, readPast } from './read-past.ts';

const SESSION = '56cbfb68-1682-4236-a7dd-07668583fb63';
const UUID = '74d6bbe3-cbc7-43fe-8090-710d10be3f55';
const user = `{"type":"user","uuid":"${UUID}","message":{"content":"do it"}}\n`;
const ended =
  '{"type":"assistant","uuid":"a","message":{"content":[{"type":"text","text":"A"}],"stop_reason":"end_turn"}}\n';
let configDir: string;
let warnings: string[];

beforeEach(async () => {
  configDir = await mkdtemp(join(tmpdir(), 'claude-past-'));
  warnings = [];
});
afterEach(() => rm(configDir, { recursive: true }));

const read = (inFlightUuid?: string) =>
  readPast(
    {
      configDir,
      environment: { HOME: '/nonexistent' },
      claudeSessionId: SESSION,
      inFlightUuid,
      onWarning: (warning) => warnings.push(warning),
    },
    1_700_000_000_000,
  );

async function write(content: string) {
  await mkdir(join(configDir, 'projects', '-some-project'), { recursive: true });
  await writeFile(join(configDir, 'projects', 'not-a-directory'), '');
  await writeFile(join(configDir, 'projects', '-some-project', `${SESSION}.jsonl`), content);
}

test('no config directory: a new session', async () => {
  await rm(configDir, { recursive: true });
  await expect(read()).resolves.toEqual({ resume: false, inFlight: undefined });
  await mkdir(configDir);
});

test('a transcript is found in whatever project directory it is', async () => {
  await write(user);
  await expect(read()).resolves.toEqual({ resume: true, inFlight: undefined });
});

test.each([
  ['is not there', `${user.replace(UUID, 'another')}${ended}`, 'absent', false],
  ['is not finished', user, 'open', true],
  ['is not finished, and the last line is torn', `${user}${ended.slice(0, 40)}`, 'open', true],
  ['is finished', `${user}${ended}`, 'finished', false],
])(
  'the CLI continues by itself only what it has and has not finished: the message %s',
  async (_, content, state, continues) => {
    await write(content);
    const past = await read(UUID);
    expect(past).toMatchObject({ resume: true, inFlight: { state } });
    expect(continuesInterrupted(past)).toBe(continues);
  },
);

test('without a message in flight nothing is continued', async () => {
  await write(user);
  expect(continuesInterrupted(await read())).toBe(false);
});

test('a continuation without an answer is taken back, to the byte, and reported', async () => {
  const meta = '{"type":"user","uuid":"m","isMeta":true,"message":{"content":"Continue from where you left off."}}\n';
  const before = `{"type":"queue-operation","content":"żółw"}\n${user}`;
  await write(`${before}${meta}{"type":"api-request"}\n{"type":"to`);
  const past = await read(UUID);
  expect(past).toEqual({
    resume: true,
    inFlight: { state: 'open', said: [], tools: [], lastRowUuid: UUID },
  });
  expect(continuesInterrupted(past)).toBe(true);
  expect(await readFile(join(configDir, 'projects', '-some-project', `${SESSION}.jsonl`), 'utf8')).toBe(before);
  expect(warnings).toEqual([expect.stringContaining('was taken back')]);
});

test.each(['', '{"type":"queue-op', '{"type":"queue-operation","operation":"enqueue"}\n'])(
  'a transcript without a message (%j) is set aside with its content and reported',
  async (content) => {
    await write(content);
    await expect(read(UUID)).resolves.toEqual({ resume: false, inFlight: { state: 'absent', said: [], tools: [] } });
    const aside = `${SESSION}.jsonl.unusable-1700000000000`;
    const directory = join(configDir, 'projects', '-some-project');
    expect(await readdir(directory)).toEqual([aside]);
    expect(await readFile(join(directory, aside), 'utf8')).toBe(content);
    expect(warnings).toEqual([expect.stringContaining(aside)]);
  },
);

test('a denial that nobody gave is taken back, to the byte, with what came of it, and reported', async () => {
  const tool =
    '{"type":"assistant","uuid":"t","message":{"content":[{"type":"tool_use","id":"1","name":"Bash"}],"stop_reason":"tool_use"}}\n';
  const why = 'Tool permission request failed: AbortError: Tool permission stream closed before response received';
  const denial = `{"type":"user","uuid":"d","message":{"content":[{"type":"tool_result","tool_use_id":"1","is_error":true,"content":"${why}"}]}}\n`;
  await write(`${user}${tool}${denial}${ended}`);
  const past = await read(UUID);
  expect(past).toMatchObject({ resume: true, inFlight: { state: 'open', said: [] } });
  expect(past.inFlight).not.toHaveProperty('unanswered');
  expect(continuesInterrupted(past)).toBe(true);
  expect(await readFile(join(configDir, 'projects', '-some-project', `${SESSION}.jsonl`), 'utf8')).toBe(user + tool);
  expect(warnings).toEqual([expect.stringContaining('nobody could answer')]);
});
