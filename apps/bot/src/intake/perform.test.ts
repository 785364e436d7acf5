import { sessionQueue } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import type { Decision } from '../deciding/decision.ts';
import { carryOut, createSay } from './perform.ts';

const place = { chatId: 7 };
const origin = { place, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const decision: Decision = {
  activate: 'web',
  say: 'Switched.',
  stop: [{ queue: sessionQueue('web', 'nas'), jobIds: ['u-1-1', 'u-1-0'] }],
  settle: { questionId: 'q', text: 'yes' },
  menu: { text: 'x', rows: [[{ label: 'x', act: { do: 'command', text: '/help' } }]], once: false },
  enqueue: { queue: sessionQueue('web', 'nas'), job: { version: 1, kind: 'warm', session: 'web', origin } },
};

/** Carries the decision out while the `failing`th step fails, and says which steps were taken, each by what it is known. */
async function steps(failing = Number.POSITIVE_INFINITY, of = decision, mayAct = async () => {}): Promise<string[]> {
  const taken: string[] = [];
  const take = async (step: string) => {
    if (taken.length === failing) throw new Error('Redis is away');
    taken.push(step);
  };
  const signals = { stop: (_queue: object, { jobId }: { jobId: string }) => take(`stop ${jobId}`) } as never;
  const addJob = (queue: { name: string }, { id, data }: { id: string; data: object }) => {
    const { origin: from } = data as { origin?: typeof origin };
    return take(`${queue.name} ${id}${from && 'threadId' in from.place ? ` in ${from.place.threadId}` : ''}`);
  };
  const makeTopic = async (_jobId: string, chatId: number, name: string) => {
    if (name === 'refused') return { refused: 'not enough rights' };
    await take(`topic ${name}`);
    return { chatId, threadId: 9 };
  };
  const routing = {
    activate: (where: { threadId?: number }, name: string) =>
      take(`active ${name}${where.threadId ? ` in ${where.threadId}` : ''}`),
  } as never;
  const expectations = { clear: (_place: object, _userId: number, question: string) => take(`clear ${question}`) };
  const parts = { expectations, routing, addJob, say: createSay(addJob), signals, makeTopic };
  await carryOut(of, { jobId: 'u-1-2', origin, mayAct }, parts).catch(() => undefined);
  return taken;
}

it('a decision carried out again takes the same steps, each known by the same id', async () => {
  const all = [
    ...['active web', 'stop u-1-1', 'stop u-1-0', 'reply-7 settled-u-1-2', 'clear q'],
    ...['reply-7 menu-u-1-2', 'reply-7 u-1-2', 'session-web u-1-2'],
  ];
  expect(await steps()).toEqual(all);
  expect(await steps()).toEqual(all);
  for (const failing of all.keys()) expect(await steps(failing)).toEqual(all.slice(0, failing));
});

it('a bot that may no longer act does not lead a place back to a session that a later update has left', async () => {
  expect(await steps(undefined, decision, () => Promise.reject(new Error('Another polls now')))).toEqual([]);
});

it('a decision with a topic is about that topic, from which a session hears all; the place it came from is told', async () => {
  const topic = { activate: 'web', topic: 'web', ...(decision.enqueue ? { enqueue: decision.enqueue } : {}) };
  const all = ['topic web', 'reply-7 n-u-1-2-topic', 'active web in 9', 'session-web u-1-2 in 9'];
  expect(await steps(undefined, topic)).toEqual(all);
  for (const failing of [1, 2, 3]) expect(await steps(failing, topic)).toEqual(all.slice(0, failing));
});

it('a topic that is refused leaves the session where it was asked for', async () => {
  const topic = { activate: 'web', topic: 'refused', ...(decision.enqueue ? { enqueue: decision.enqueue } : {}) };
  expect(await steps(undefined, topic)).toEqual(['reply-7 n-u-1-2-topic', 'active web', 'session-web u-1-2']);
});

it('a decision that the version before has kept is carried out the same', async () => {
  const before = { ...decision, stop: decision.stop?.[0] } as unknown as Decision;
  expect(await steps(undefined, before)).toEqual(await steps());
});
