import { sessionQueue } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import { carryOut, createSay } from './carry-out.ts';
import type { Decision } from './decision.ts';

const place = { chatId: 7 };
const origin = { place, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const decision: Decision = {
  activate: 'web',
  say: 'Switched.',
  stop: { queue: sessionQueue('web', 'nas'), jobIds: ['u-1-1', 'u-1-0'] },
  settle: { questionId: 'q', text: 'yes' },
  menu: { text: 'x', rows: [[{ label: 'x', act: { do: 'command', text: '/help' } }]], once: false },
  enqueue: { queue: sessionQueue('web', 'nas'), job: { version: 1, kind: 'warm', session: 'web', origin } },
};

/** Carries the decision out while the `failing`th step fails, and says which steps were taken, each by what it is known. */
async function steps(failing = Number.POSITIVE_INFINITY): Promise<string[]> {
  const taken: string[] = [];
  const take = async (step: string) => {
    if (taken.length === failing) throw new Error('Redis is away');
    taken.push(step);
  };
  const addJob = (queue: { name: string }, { id }: { id: string }) => take(`${queue.name} ${id}`);
  const signals = { stop: (_queue: object, { jobId }: { jobId: string }) => take(`stop ${jobId}`) } as never;
  const routing = { activate: (_place: object, name: string) => take(`active ${name}`) } as never;
  await carryOut(decision, { jobId: 'u-1-2', origin }, { routing, addJob, say: createSay(addJob), signals }).catch(
    () => undefined,
  );
  return taken;
}

it('a decision carried out again takes the same steps, each known by the same id', async () => {
  const all = [
    ...['active web', 'stop u-1-1', 'stop u-1-0', 'reply-7 settled-u-1-2', 'reply-7 menu-u-1-2', 'reply-7 u-1-2'],
    'session-web u-1-2',
  ];
  expect(await steps()).toEqual(all);
  expect(await steps()).toEqual(all);
  for (const failing of all.keys()) expect(await steps(failing)).toEqual(all.slice(0, failing));
});
