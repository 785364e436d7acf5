import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killStaleProcesses } from '@signalbox/claude';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { processesWith } from '../support/census.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { bash, collect, message, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.dispose());

const answersToPeople = () =>
  world.simulator.anthropic.requests.filter(({ kind, outcome }) => kind !== 'side' && outcome !== 'open');

test('killed when the message was just written: it runs once, as if nothing had been', async () => {
  const first = await world.start();
  const given = message('[[say Once.]]');
  const lost = first.runTurn(given, collect()).catch((error) => error);
  await new Promise(setImmediate);
  await world.crash(first);
  expect(await lost).toMatchObject({ code: 'exited', retryable: true });

  const second = await world.start({ inFlightUuid: given.uuid });
  const seen = collect();
  await expect(second.runTurn(given, seen)).resolves.toMatchObject({ status: 'answered', text: 'Once.' });
  expect(seen.said).toEqual(['Once.']);
  expect(world.lastTexts).toEqual([given.content]);
});

test('killed while the answer streamed: it is continued, and the model sees the message once', async () => {
  const first = await world.start();
  await first.runTurn(message('[[say Before.]]'), collect());
  const given = message('[[stream 300 over 3000]][[say The end.]]');
  const lost = first.runTurn(given, collect()).catch((error) => error);
  await vi.waitUntil(() => world.isOnDisk(given.uuid), { timeout: PATIENCE_MS });
  await world.crash(first);
  expect(await lost).toMatchObject({ code: 'exited' });

  const second = await world.start({ inFlightUuid: given.uuid });
  const seen = collect();
  const outcome = await second.runTurn(given, seen);
  expect(outcome).toMatchObject({ status: 'answered', recovered: 'rerun' });
  expect(new Set(seen.rows).size).toBe(seen.rows.length);
  expect(seen.said).toEqual([expect.stringMatching(/^The signalman/), 'The end.']);
  expect(outcome.text).toBe('The end.');
  expect(world.lastTexts).toEqual(['[[say Before.]]', given.content]);
});

test('killed while a tool ran: the turn is continued, what was said keeps its rows, and no tool child is left', async () => {
  const first = await world.start();
  const command = 'if test -e started; then echo again; else touch started; tail -f /dev/null; fi';
  const given = message(`[[say Let me look.]]${bash(command)}[[say Found it.]]`);
  const before = collect();
  const lost = first.runTurn(given, before).catch((error) => error);
  await vi.waitUntil(() => existsSync(join(world.workspace, 'started')) && before.said.length === 1, {
    timeout: PATIENCE_MS,
  });
  await world.crash(first);
  expect(await lost).toMatchObject({ code: 'exited' });
  expect((await world.census()).length).toBeGreaterThan(0);

  const second = await world.start({ inFlightUuid: given.uuid });
  expect(await world.census()).toEqual([second.pid]);
  const seen = collect();
  await expect(second.runTurn(given, seen)).resolves.toMatchObject({
    status: 'answered',
    recovered: 'rerun',
    text: 'Found it.',
  });
  expect(seen.rows[0]).toBe(before.rows[0]);
  expect(seen.said).toEqual(['Let me look.', 'Found it.']);
  expect(world.lastTexts).toEqual([given.content]);
});

test('killed in a step with a tool, and again when that turn was answered: the answer is remembered, and nothing is run again', async () => {
  const first = await world.start();
  const command = 'if test -e started; then echo again; else touch started; tail -f /dev/null; fi';
  const given = message(`[[say Let me look.]]${bash(command)}[[say Found it.]]`);
  const lost = first.runTurn(given, collect()).catch((error) => error);
  await vi.waitUntil(() => existsSync(join(world.workspace, 'started')), { timeout: PATIENCE_MS });
  await world.crash(first);
  await lost;
  const second = await world.start({ inFlightUuid: given.uuid });
  await expect(second.runTurn(given, collect())).resolves.toMatchObject({ text: 'Found it.' });
  const next = message('[[say And on.]]');
  await expect(second.runTurn(next, collect())).resolves.toMatchObject({ text: 'And on.' });
  await world.crash(second);

  const third = await world.start();
  const seen = collect();
  await expect(third.runTurn(message('[[recall]]'), seen)).resolves.toMatchObject({ status: 'answered' });
  expect(seen.said).toEqual([expect.stringContaining('And on.')]);
  expect(world.lastTexts).toEqual([given.content, next.content, '[[recall]]']);
});

test('killed with a permission open: it is asked again', async () => {
  const never = new Promise<never>(() => {});
  let asked = 0;
  const first = await world.start({
    permissionMode: 'default',
    onPermission: () => {
      asked += 1;
      return never;
    },
  });
  const given = message(`${bash('touch made')}[[say Made.]]`);
  const lost = first.runTurn(given, collect()).catch((error) => error);
  await vi.waitUntil(() => asked === 1, { timeout: PATIENCE_MS });
  // The question may come before its row is on disk; without the row the message simply runs.
  await vi.waitUntil(() => world.isOnDisk(given.uuid), { timeout: PATIENCE_MS });
  await world.crash(first);
  await lost;

  const second = await world.start({
    permissionMode: 'default',
    inFlightUuid: given.uuid,
    onPermission: async () => ({ behavior: 'allow' }),
  });
  await expect(second.runTurn(given, collect())).resolves.toMatchObject({ text: 'Made.', recovered: 'rerun' });
  expect(existsSync(join(world.workspace, 'made'))).toBe(true);
});

test('killed when it had answered and nobody had noted it: the same rows come from the transcript, without the model', async () => {
  const first = await world.start();
  const given = message(`[[say One.]]${bash('true')}[[say Two.]]`);
  const before = collect();
  await first.runTurn(given, before);
  await world.crash(first);
  const answered = answersToPeople().length;

  const second = await world.start({ inFlightUuid: given.uuid });
  const seen = collect();
  await expect(second.runTurn(given, seen)).resolves.toMatchObject({
    status: 'answered',
    recovered: 'from-transcript',
    text: 'Two.',
    costUsd: 0,
  });
  expect(seen.said).toEqual(['One.', 'Two.']);
  expect(seen.rows).toEqual(before.rows);
  expect(answersToPeople()).toHaveLength(answered);
  await expect(second.runTurn(message('[[say Next.]]'), collect())).resolves.toMatchObject({
    text: 'Next.',
    recovered: 'none',
  });
});

test('killed twice in one turn: it is still continued', async () => {
  const command = 'test -e two && exit; test -e one && touch two || touch one; tail -f /dev/null';
  const given = message(`${bash(command)}[[say Through.]]`);
  for (const file of ['one', 'two']) {
    const claude = await world.start({ inFlightUuid: given.uuid });
    const lost = claude.runTurn(given, collect()).catch((error) => error);
    await vi.waitUntil(() => existsSync(join(world.workspace, file)), { timeout: PATIENCE_MS });
    await world.crash(claude);
    await lost;
  }
  const last = await world.start({ inFlightUuid: given.uuid });
  await expect(last.runTurn(given, collect())).resolves.toMatchObject({ text: 'Through.', recovered: 'rerun' });
  expect(world.lastTexts).toEqual([given.content]);
});

test.each(['SIGKILL', 'stop'])(
  'ended again (%s) while it continued after a tool, before it said anything: it is still continued',
  async (how) => {
    const given = message(`${bash('echo ran >> tools')}[[wait 1500]][[say Through.]]`);
    for (const resumed of [false, true]) {
      const claude = await world.start({ inFlightUuid: given.uuid });
      const lost = claude.runTurn(given, collect()).catch((error) => error);
      await vi.waitUntil(
        () =>
          world.simulator.anthropic.requests.some(
            (request) => request.kind === 'continuation' && request.resumed === resumed,
          ),
        { timeout: PATIENCE_MS },
      );
      // Rows are written a little after the request leaves; without the tool's result the tool would run again.
      const awaited = resumed ? 'Continue from where you left off' : '"type":"tool_result"';
      await vi.waitUntil(() => world.hasUserRowWith(awaited), { timeout: PATIENCE_MS });
      await (how === 'stop' ? claude.stop() : world.crash(claude));
      expect(await lost).toMatchObject({ code: how === 'stop' ? 'stopped' : 'exited' });
    }
    const last = await world.start({ inFlightUuid: given.uuid });
    await expect(last.runTurn(given, collect())).resolves.toMatchObject({
      status: 'answered',
      text: 'Through.',
      recovered: 'rerun',
    });
    expect(world.lastTexts).toEqual([given.content]);
    expect(await readFile(join(world.workspace, 'tools'), 'utf8')).toBe('ran\n');
  },
);

test('a turn that a person interrupted is not continued after a crash', async () => {
  const first = await world.start();
  const given = message('[[say Well,]][[stream 2000 over 20000]]');
  const seen = collect();
  const running = first.runTurn(given, seen);
  await vi.waitUntil(() => seen.events.some(({ type }) => type === 'text-delta'), { timeout: PATIENCE_MS });
  await first.interrupt();
  await running;
  await world.crash(first);
  const requests = world.simulator.anthropic.requests.length;

  const second = await world.start({ inFlightUuid: given.uuid });
  const again = collect();
  await expect(second.runTurn(given, again)).resolves.toMatchObject({
    status: 'interrupted',
    recovered: 'from-transcript',
  });
  expect(again.rows).toEqual(seen.rows);
  expect(world.simulator.anthropic.requests).toHaveLength(requests);
});

test('an old turn that ended with an API error is not run unasked when another message was in flight', async () => {
  const first = await world.start({ maxApiRetries: 0 });
  await expect(first.runTurn(message('[[error 529 times 1]][[say Unasked.]]'), collect())).rejects.toMatchObject({
    code: 'overloaded',
  });
  await world.crash(first);
  const given = message('[[say Asked.]]');
  const second = await world.start({ inFlightUuid: given.uuid });
  const seen = collect();
  await expect(second.runTurn(given, seen)).resolves.toMatchObject({ text: 'Asked.', recovered: 'none' });
  expect(seen.said).toEqual(['Asked.']);
  expect(world.late).toEqual([]);
});

test('a message that failed with an API error is tried again by another process, under the same uuid', async () => {
  const first = await world.start({ maxApiRetries: 0 });
  const given = message('[[error 529 times 1]][[say Better now.]]');
  await expect(first.runTurn(given, collect())).rejects.toMatchObject({ code: 'overloaded', retryable: true });
  await first.stop();
  const second = await world.start({ inFlightUuid: given.uuid });
  const seen = collect();
  await expect(second.runTurn(given, seen)).resolves.toMatchObject({ text: 'Better now.', recovered: 'rerun' });
  expect(seen.said).toEqual(['Better now.']);
});

test('stop while a tool runs: no process is left, and the turn can be continued', async () => {
  const first = await world.start();
  const command = 'if test -e started; then echo again; else touch started; tail -f /dev/null; fi';
  const given = message(`${bash(command)}[[say Done after all.]]`);
  const lost = first.runTurn(given, collect()).catch((error) => error);
  await vi.waitUntil(() => existsSync(join(world.workspace, 'started')), { timeout: PATIENCE_MS });
  await first.stop();
  expect(await lost).toMatchObject({ code: 'stopped' });
  expect(await world.census()).toEqual([]);

  const second = await world.start({ inFlightUuid: given.uuid });
  await expect(second.runTurn(given, collect())).resolves.toMatchObject({
    text: 'Done after all.',
    recovered: 'rerun',
  });
});

/** A worker of its own, in the middle of a turn with a tool. Resolves when the tool runs. */
async function startWorker(diesWithParent: boolean) {
  const options = { ...world.options, diesWithParent, content: bash('touch started; tail -f /dev/null') };
  const worker = spawn(
    process.execPath,
    [
      '--conditions=@signalbox/source',
      '--import',
      'tsx',
      join(import.meta.dirname, 'fixtures/worker.ts'),
      JSON.stringify(options),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  await vi.waitUntil(() => existsSync(join(world.workspace, 'started')), { timeout: 30_000 });
  return worker;
}

test('the fence: what a killed worker leaves, Claude and its tool, is ended', async () => {
  const worker = await startWorker(false);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  expect((await world.census()).length).toBeGreaterThan(1);
  expect(await killStaleProcesses(world.options.marker)).toBeGreaterThan(1);
  expect(await world.census()).toEqual([]);
});

test.runIf(existsSync('/usr/bin/setpriv'))(
  'with setpriv Claude ends by itself when the worker is killed, and the next start ends its tool',
  async () => {
    const worker = await startWorker(true);
    worker.kill('SIGKILL');
    const claudes = async () =>
      (await processesWith(world.options.marker)).filter(({ command }) => /--input-format/.test(command));
    await vi.waitFor(async () => expect(await claudes()).toEqual([]), { timeout: PATIENCE_MS, interval: 100 });
    await world.start();
    expect(await world.census()).toHaveLength(1);
  },
);
