import { CONTRACT_VERSION } from '@signalbox/contracts';
import { JobFailed, ParkJob, type Queues } from '@signalbox/queues';
import { describe, expect, it } from 'vitest';
import { createTestLog, held, origin, repliesTo, taken, useTestQueues } from '../../testing/world.ts';
import { composeChats, composeStatus } from './compose-chats.ts';

const queues = await useTestQueues();

const card = (name: string, createdAt: number) => ({
  name,
  pool: 'default',
  persona: 'planner',
  claimedBy: 'u-1-1',
  createdAt,
});
const job = taken('u-1-9', { version: CONTRACT_VERSION, kind: 'sessions', origin });

/** Has a chat's job done, and resolves to what was answered. */
async function serve(data = job, more: Partial<Queues> = {}) {
  const lease = await held(queues, 'chat-7');
  const given = { ...queues, ...more };
  const status = composeStatus(given, { integrations: [], find: () => undefined }, 'default');
  const { log } = createTestLog();
  await composeChats(status, given, { addJob: queues.addJob, pool: 'default', log }).handle('chat-7', data, {
    lease,
    signal: new AbortController().signal,
    wake() {},
  });
  return (await repliesTo(queues, 7)).map(({ text }) => text);
}

describe('/sessions', () => {
  it('lists all there are, the last used first, with what waits, and what a dead worker said corrected', async () => {
    for (const [i, name] of ['never-used', 'dead', 'alive'].entries()) await queues.routing.claim(card(name, i + 1));
    await queues.routing.setActivity('dead', { status: 'active', lastUsedAt: 10 });
    await queues.routing.setActivity('alive', { status: 'active', lastUsedAt: 20 });
    await queues.routing.activate(origin.place, 'dead');
    await queues.addJob({ name: 'session-dead', group: 'session.default' }, { id: 'j', name: 'x', data: {} });
    const lease = await held(queues, 'session-alive');
    const [text = ''] = await serve();
    await lease.release();
    expect(text.split('\n').map((line) => line.replace(/\d+ d ago/, '… ago'))).toEqual([
      '🟢 alive',
      'planner · active · … ago',
      '💤 dead ◀ here',
      'planner · suspended · … ago · 1 in the queue',
      '⚪ never-used',
      'planner · idle · … ago',
      '',
      'Use /session <name> to switch.',
    ]);
  });

  it('is answered although Redis failed in between', async () => {
    let failures = 1;
    const sessions: Queues['routing']['sessions'] = async () => {
      if (failures-- > 0) throw new Error('Command timed out');
      return queues.routing.sessions();
    };
    expect(await serve(job, { routing: { ...queues.routing, sessions } })).toEqual([
      'No sessions yet. Use /new <name> to start one.',
    ]);
  });

  it('done again is answered once', async () => {
    await serve();
    await queues.redis.del('signalbox:{chat-7}:lease');
    expect(await serve()).toHaveLength(1);
  });
});

describe('a chat’s job', () => {
  it('that brought three workers down is told and not tried again', async () => {
    await expect(serve({ ...job, startedBefore: true, takeOvers: 3 })).rejects.toThrow(/Given up after 3/);
    expect((await repliesTo(queues, 7)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^⚠️ This command was tried 3 times/),
    ]);
  });

  it('that cannot be read fails without repeating it; that of a newer version waits', async () => {
    const broken = serve(taken('u', { version: 1, kind: 'sessions', origin: 'my-private-words' }));
    await expect(broken).rejects.toThrow(JobFailed);
    await expect(broken).rejects.not.toThrow(/my-private-words/);
    await queues.redis.flushall();
    await expect(serve(taken('u', { version: CONTRACT_VERSION + 1, kind: 'dance' }))).rejects.toThrow(ParkJob);
  });
});
