import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saidIn } from '../../testing/recording.ts';
import { listProcesses } from '../fence/list-processes.ts';
import { markerEntry } from '../fence/marker.ts';
import type { ClaudeProcess } from '../process/claude-process.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import type { ClaudeOptions } from './options.ts';
import { startClaude } from './start-claude.ts';

const FAKE = join(import.meta.dirname, '../../fixtures/fake-claude.mjs');
const KEY = 'sk-ant-sentinel-0123456789';
let cwd: string;
let marker: string;
let warnings: string[];
let started: ClaudeProcess[];

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'claude-fake-'));
  marker = `test ${randomUUID()}`;
  warnings = [];
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((claude) => claude.stop({ graceMs: 100 })));
  expect(await listProcesses(markerEntry(marker))).toEqual([]);
  await rm(cwd, { recursive: true });
});

async function start(how: string, options: Partial<ClaudeOptions> = {}): Promise<ClaudeProcess> {
  const claude = await startClaude({
    binary: FAKE,
    cwd,
    claudeSessionId: randomUUID(),
    marker,
    configDir: join(cwd, 'config'),
    environment: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: cwd, ANTHROPIC_API_KEY: KEY },
    model: how,
    permissionMode: 'default',
    onPermission: async () => ({ behavior: 'deny', message: 'no' }),
    onLate: () => {},
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  started.push(claude);
  return claude;
}

const message = (content: string) => ({ uuid: randomUUID(), content });
const noEvents = { onEvent: () => {} };

test('a turn is answered, and one more by the same process', async () => {
  const claude = await start('answers');
  const events: TurnEvent[] = [];
  for (const content of ['one', 'two']) {
    await expect(claude.runTurn(message(content), { onEvent: (e) => void events.push(e) })).resolves.toMatchObject({
      status: 'answered',
      text: `echo: ${content}`,
      recovered: 'none',
    });
  }
  expect(saidIn(events)).toEqual(['echo: one', 'echo: two']);
  expect(claude).toMatchObject({ resumed: false, background: 'none' });
});

test('one message at a time, and each once', async () => {
  const claude = await start('never-answers');
  const first = message('first');
  const running = claude.runTurn(first, noEvents).catch((error) => error);
  await expect(claude.runTurn(message('second'), noEvents)).rejects.toThrow(`while ${first.uuid} is in flight`);
  await claude.stop();
  await expect(running).resolves.toMatchObject({ code: 'stopped', retryable: true });
  const other = await start('answers');
  await other.runTurn(first, noEvents);
  await expect(other.runTurn(first, noEvents)).rejects.toThrow('was given to this process before');
  await expect(other.runTurn({ uuid: 'no', content: 'x' }, noEvents)).rejects.toThrow(
    "Expected `uuid` to be a UUID, got 'no'",
  );
});

test('nothing of the environment of the tests reaches the process', async () => {
  const claude = await start('tells-its-surroundings');
  const { text } = await claude.runTurn(message('?'), noEvents);
  const { env } = JSON.parse(text ?? '{}') as { env: Record<string, string> };
  expect(Object.keys(env).sort()).toEqual([
    'ANTHROPIC_API_KEY',
    'CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD',
    'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC',
    'CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS',
    'CLAUDE_CODE_MAX_RETRIES',
    'CLAUDE_CONFIG_DIR',
    'DISABLE_AUTOUPDATER',
    'DISABLE_ERROR_REPORTING',
    'DISABLE_TELEMETRY',
    'HOME',
    'PATH',
    'SIGNALBOX_RUN',
    'SIGNALBOX_SESSION',
  ]);
});

test('a missing directory and a missing program are told apart', async () => {
  const nowhere = join(cwd, 'nowhere');
  await expect(start('answers', { cwd: nowhere })).rejects.toMatchObject({ code: 'missing-directory' });
  await expect(start('answers', { binary: nowhere })).rejects.toMatchObject({ code: 'missing-binary' });
  const plain = join(cwd, 'plain');
  await writeFile(plain, 'no program');
  await expect(start('answers', { cwd: plain })).rejects.toMatchObject({ code: 'missing-directory' });
  await expect(start('answers', { binary: plain })).rejects.toMatchObject({ code: 'missing-binary' });
});

test('wrong options are named with what was expected', async () => {
  await expect(start('answers', { claudeSessionId: 'blog' })).rejects.toThrow(
    "Expected `claudeSessionId` to be a UUID, got 'blog'",
  );
  await expect(start('answers', { marker: '' })).rejects.toThrow('Expected `marker` to be a non-empty string');
  await expect(start('answers', { systemPrompt: 'x'.repeat(200_000) })).rejects.toThrow(
    'Expected `systemPrompt` to have at most',
  );
});

test('a process that ends before it is ready is an error with its own words', async () => {
  await expect(start('dies-at-start')).rejects.toMatchObject({ code: 'session-in-use' });
  const error: Error = await start('dies-at-start-loudly').catch((e) => e);
  expect(error).toMatchObject({
    code: 'start-failed',
    message: expect.stringContaining('with code 2 before it was ready'),
  });
  expect(error.message).toContain('the key is [redacted]');
  expect(error.message.length).toBeLessThan(17_000);
});

test('a process that gives no sign of life is an error, and is ended', async () => {
  await expect(start('gives-no-sign-of-life', { startTimeoutMs: 300 })).rejects.toMatchObject({
    code: 'start-failed',
    message: expect.stringContaining('no sign of life within 300 ms'),
  });
});

test('a process that ends in a turn: an error without credentials', async () => {
  const claude = await start('dies-in-a-turn');
  const error: Error = await claude.runTurn(message('x'), noEvents).then(
    () => expect.unreachable(),
    (e) => e,
  );
  expect(error).toMatchObject({ code: 'exited', retryable: true });
  expect(error.message).toBe('Claude Code ended with code 3 during a turn. stderr: boom with [redacted]');
  await expect(claude.exited).resolves.toMatchObject({ code: 3, signal: null, stopped: false });
  await expect(claude.runTurn(message('y'), noEvents)).rejects.toBe(error);
  await claude.interrupt();
});

test('a result that was printed before the end counts, however slow the consumer', async () => {
  const claude = await start('dies-after-the-result');
  const onEvent = () => setTimeout(50);
  await expect(claude.runTurn(message('x'), { onEvent })).resolves.toMatchObject({ text: 'echo: x' });
});

test('a child that holds the pipe does not keep the end from being seen', async () => {
  const claude = await start('leaves-a-child-with-its-pipe');
  await expect(claude.runTurn(message('x'), noEvents)).rejects.toMatchObject({ code: 'exited' });
  await expect(claude.exited).resolves.toMatchObject({ code: 4 });
  await claude.stop();
});

/** The stand-in writes no transcript, and that is warned of too. */
const warningsOfLines = () => warnings.filter((warning) => !warning.includes('wrote no transcript'));

test('garbage among the lines is ignored and warned of once a kind', async () => {
  const claude = await start('prints-garbage');
  await expect(claude.runTurn(message('x'), noEvents)).resolves.toMatchObject({ text: 'echo: x' });
  await claude.stop();
  await claude.exited;
  expect(warningsOfLines()).toEqual([
    expect.stringContaining('no JSON object'),
    expect.stringContaining('does not look as expected'),
    expect.stringContaining('6 lines'),
  ]);
});

test('a line of 100 MB is dropped in bounded memory, and the turn goes on', async () => {
  const claude = await start('prints-a-huge-line', { maxLineBytes: 1 << 20 });
  const before = process.memoryUsage().rss;
  await expect(claude.runTurn(message('x'), noEvents)).resolves.toMatchObject({ text: 'after the huge line' });
  expect(process.memoryUsage().rss - before).toBeLessThan(90 << 20);
  expect(warningsOfLines()).toEqual([
    expect.stringMatching(/a line of 104857\d\d\d bytes \(limit 1048576\) was dropped/),
  ]);
});

test('a result that is too long to read ends the turn with an error', async () => {
  const claude = await start('prints-a-huge-result', { maxLineBytes: 1 << 20 });
  await expect(claude.runTurn(message('x'), noEvents)).rejects.toMatchObject({ code: 'output-too-large' });
});

test('an aborted turn rejects with the reason, and the process takes nothing more', async () => {
  const claude = await start('never-answers');
  const controller = new AbortController();
  const events: TurnEvent[] = [];
  const running = claude.runTurn(message('x'), { onEvent: (e) => void events.push(e), signal: controller.signal });
  const lost = new Error('the lease is lost');
  controller.abort(lost);
  await expect(running).rejects.toBe(lost);
  await expect(claude.runTurn(message('y'), noEvents)).rejects.toThrow('was abandoned');
  await expect(claude.interrupt()).rejects.toThrow('was abandoned');
  expect(events).toEqual([]);
});

test('a signal that is aborted already keeps the message from being sent', async () => {
  const claude = await start('answers');
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(claude.runTurn(message('x'), { ...noEvents, signal })).rejects.toThrow('too late');
  await expect(claude.runTurn(message('y'), noEvents)).resolves.toMatchObject({ text: 'echo: y' });
});

test('a consumer that fails fails the turn with its own error, and the process takes nothing more', async () => {
  const claude = await start('answers');
  const onEvent = (event: TurnEvent) => {
    if (event.type === 'said') throw new Error('the queue is away');
  };
  await expect(claude.runTurn(message('x'), { onEvent })).rejects.toThrow('the queue is away');
  await expect(claude.runTurn(message('y'), noEvents)).rejects.toThrow('was abandoned');
});

test('stop kills what ignores SIGTERM, is idempotent, and leaves nothing', async () => {
  const claude = await start('ignores-sigterm');
  await Promise.all([claude.stop({ graceMs: 100 }), claude.stop({ graceMs: 100 })]);
  await expect(claude.exited).resolves.toMatchObject({ signal: 'SIGKILL', stopped: true });
  await claude.stop();
  expect(() => process.kill(claude.pid, 0)).toThrow('ESRCH');
});

test('what is left of an earlier process is ended before the start', async () => {
  const old = await start('ignores-sigterm');
  const claude = await start('answers', { fenceGraceMs: 100 });
  await expect(old.exited).resolves.toMatchObject({ signal: 'SIGKILL', stopped: false });
  await expect(claude.runTurn(message('x'), noEvents)).resolves.toMatchObject({ status: 'answered' });
});

test('a start that is broken off ends at once and leaves nothing', async () => {
  const controller = new AbortController();
  const starting = start('gives-no-sign-of-life', { signal: controller.signal });
  await vi.waitFor(async () => expect(await listProcesses(markerEntry(marker))).not.toEqual([]), { timeout: 20_000 });
  const stop = new Error('the worker stops');
  controller.abort(stop);
  await expect(starting).rejects.toBe(stop);
  await expect(start('answers', { signal: controller.signal })).rejects.toBe(stop);
  expect(await listProcesses(markerEntry(marker))).toEqual([]);
});

test('one that is stopped late leaves its successor alone', async () => {
  const old = await start('answers');
  const successor = await start('answers');
  await old.stop();
  await expect(successor.runTurn(message('x'), noEvents)).resolves.toMatchObject({ status: 'answered' });
});

test('nothing is started by one who loses the session at any moment of the preparation', async () => {
  const startLosingAt = (call: number) => {
    let calls = 0;
    return start('answers', {
      async mayAct() {
        calls += 1;
        if (calls === call) throw new Error('the session is another one’s');
      },
    }).catch((error: Error) => error);
  };
  let outcome = await startLosingAt(1);
  let call = 1;
  while (outcome instanceof Error) {
    expect(outcome.message).toBe('the session is another one’s');
    expect(await listProcesses(markerEntry(marker))).toEqual([]);
    call += 1;
    outcome = await startLosingAt(call);
  }
  expect(call, 'it was asked before the fence and before the start').toBeGreaterThan(2);
});

test('the message that was in flight must be the first', async () => {
  const inFlightUuid = randomUUID();
  const claude = await start('answers', { inFlightUuid });
  await expect(claude.runTurn(message('x'), noEvents)).rejects.toThrow(`Expected message ${inFlightUuid}`);
  await expect(claude.runTurn({ uuid: inFlightUuid, content: 'x' }, noEvents)).resolves.toMatchObject({
    status: 'answered',
  });
});
