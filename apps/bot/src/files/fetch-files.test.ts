import { SINCE, type Transfer } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { ANN, type FaultRule } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type BotWorld,
  createShortPause,
  createTestLog,
  startBotWorld,
  startDumbServer,
} from '../../testing/bot-world.ts';
import { heldQueue } from '../../testing/held-queue.ts';
import { createDownload } from './download-file.ts';
import { createFileFetcher } from './fetch-files.ts';

let world: BotWorld;
let queues: Queues;
let pauses: number[];
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.telegram.faults.clear();
  await queues.redis.flushall();
});

const transfer: Transfer = { queue: 'session-web', id: 't' };

/** A file that Ann sends, as its job names it. */
function sent(data: Buffer) {
  const { message } = world.telegram.sendFile({ from: ANN.id, name: 'a.bin', data });
  return message.file?.fileId ?? '';
}

type Fetching = { apiRoot?: string; signal?: AbortSignal; triedForMs?: number; stalledAfterMs?: number };

/** Does the job that fetches the file, as a bot would; resolves to what the worker then finds. */
async function fetch(
  fileId: string,
  { apiRoot = world.simulator.url, signal = new AbortController().signal, ...limits }: Fetching = {},
) {
  const request = await queues.transfers.want(transfer, 60);
  const { pause, pauses: waited } = createShortPause();
  pauses = waited;
  const { log, lines } = createTestLog();
  const config = { TELEGRAM_BOT_TOKEN: world.simulator.botToken, TELEGRAM_API_ROOT: apiRoot };
  const download = createDownload(config, world.api);
  const handler = createFileFetcher({ download, transfers: queues.transfers, pause, log, limits });
  const file = { fileId, uniqueId: 'U', kind: 'document' };
  const data = { version: SINCE.fetch, kind: 'fetch', file, to: transfer, request };
  const job = { id: 'j', data, addedAt: 1, startedBefore: false, takeOvers: 0, afterPause: false, chosen: undefined };
  await handler.handle('files-1001', { ...job, begin: async () => undefined }, heldQueue(signal));
  expect(JSON.stringify(lines)).not.toContain(world.simulator.botToken.split(':')[1]);
  return queues.transfers.look(transfer);
}

async function bytes(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of queues.transfers.read(transfer)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const fault = (method: string, effect: FaultRule['effect'], times = 1) =>
  world.telegram.faults.add({ method, effect, times });
const refused = (code: number, description: string, retry_after?: number): FaultRule['effect'] => ({
  error: { code, description, ...(retry_after ? { parameters: { retry_after } } : {}) },
});

describe('a file that a worker waits for', () => {
  it('is brought as it was', async () => {
    const data = Buffer.alloc(1_200_000, 'signal');
    expect(await fetch(sent(data))).toEqual({ status: 'done' });
    expect((await bytes()).equals(data)).toBe(true);
  });

  it.each([
    ['cut off in the middle', 'download', 'cutAfter'],
    ['refused by a broken gateway', 'download', 'badGateway'],
    ['refused with 429', 'download', refused(429, '')],
    ['not to be found for a moment', 'getFile', 'cutBefore'],
    ['refused by a broken server', 'getFile', refused(500, 'Internal Server Error')],
  ] as const)('is tried again when it is %s', async (_what, method, effect) => {
    const data = Buffer.alloc(700_000, 'x');
    fault(method, effect, 2);
    expect(await fetch(sent(data))).toEqual({ status: 'done' });
    expect((await bytes()).equals(data)).toBe(true);
    expect(pauses).toHaveLength(2);
  });

  it('is left alone for as long as Telegram says', async () => {
    fault('getFile', refused(429, 'Too Many Requests: retry after 7', 7));
    expect(await fetch(sent(Buffer.from('x')))).toEqual({ status: 'done' });
    expect(pauses).toEqual([7_000]);
  });

  it('and Telegram refuses is not tried again, and the reason is passed on', async () => {
    expect(await fetch('no such file')).toEqual({
      status: 'failed',
      reason: expect.stringMatching(/^Telegram does not give it \(.*wrong file_id/),
    });
    expect(pauses).toEqual([]);
  });

  it('that is too large, whatever the app said, is not taken', async () => {
    const largest = sent(Buffer.alloc(20 * 1024 * 1024));
    const tooLarge = sent(Buffer.alloc(20 * 1024 * 1024 + 1));
    expect(await fetch(largest)).toEqual({ status: 'done' });
    await queues.transfers.drop(transfer);
    expect(await fetch(tooLarge)).toEqual({ status: 'failed', reason: expect.stringMatching(/larger than 20 MB/) });
    await queues.transfers.drop(transfer);
    // A server of one's own may give more.
    const server = await startDumbServer(200, 'x'.repeat(20 * 1024 * 1024 + 1));
    expect(await fetch(largest, { apiRoot: server.url })).toMatchObject({ status: 'failed' });
    await server.stop();
  });

  it('is given up after a while, in words', async () => {
    fault('download', 'hang');
    expect(await fetch(sent(Buffer.from('xx')), { triedForMs: 300 })).toEqual({
      status: 'failed',
      reason: 'Telegram did not answer',
    });
  });

  it('is tried again when nothing comes for a while', async () => {
    fault('download', 'hang');
    const data = Buffer.alloc(700_000, 'x');
    expect(await fetch(sent(data), { stalledAfterMs: 200 })).toEqual({ status: 'done' });
    expect((await bytes()).equals(data)).toBe(true);
  });

  it('is let be as soon as nobody waits for it any more', async () => {
    fault('download', 'hang');
    const fetching = fetch(sent(Buffer.from('xx')));
    await expect.poll(() => world.telegram.faults.list().every(({ hits }) => hits === 1)).toBe(true);
    await queues.transfers.drop(transfer);
    expect(await fetching).toEqual({ status: 'absent' });
  });

  it('is left to the next bot when this one has to stop', async () => {
    fault('download', 'hang');
    const stopping = new AbortController();
    const fetching = fetch(sent(Buffer.from('xx')), { signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('stopping')), 100);
    await expect(fetching).rejects.toThrow('stopping');
    expect(await queues.transfers.look(transfer)).toEqual({ status: 'wanted' });
  });
});

it('a file that nobody waits for any more is not fetched', async () => {
  const fileId = sent(Buffer.from('x'));
  const calls = world.telegram.calls.length;
  const { want } = queues.transfers;
  const gone = { ...queues.transfers, want: async () => 'gone' };
  queues = { ...queues, transfers: gone };
  expect(await fetch(fileId)).toEqual({ status: 'absent' });
  queues = { ...queues, transfers: { ...gone, want } };
  expect(world.telegram.calls.length).toBe(calls);
  expect(await queues.redis.keys('*:file:*')).toEqual([]);
});
