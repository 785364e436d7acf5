import {
  type EarlierFile,
  type IntegrationCard,
  type Origin,
  type PersonaCard,
  readChatJob,
  readControlJob,
  readSessionJob,
  type SessionCard,
} from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';
import { expect } from 'vitest';
import type { Decision } from '../src/deciding/decision.ts';
import type { BotSettings, Expected, Kept, Snapshot } from '../src/deciding/snapshot.ts';
import { createTakeSnapshot } from '../src/deciding/take-snapshot.ts';
import { howToDecide } from '../src/intake/decide.ts';
import type { Said } from '../src/intake/reading/incoming.ts';

/** All that there is, as plain data. A decision sees as much of it as it says that it needs. */
export interface World extends BotSettings {
  /** The name that the place talks to. */
  readonly active: string | undefined;
  readonly sessions: Readonly<Record<string, SessionCard>>;
  readonly renamed: Readonly<Record<string, string>>;
  /** Message → the session that spoke in it. */
  readonly speakers: Readonly<Record<number, string>>;
  /** Of every pool. */
  readonly personas: PersonaCard[] | undefined;
  /** The pools that have a living worker. */
  readonly servedPools: readonly string[];
  readonly integrations: IntegrationCard[];
  readonly modelIsSimulated: boolean;
  /** Queue → its jobs. */
  readonly waiting: Readonly<Record<string, Pick<WaitingJob, 'id' | 'data' | 'hasBegun'>[]>>;
  readonly atBackground: boolean;
  readonly evidence: Readonly<Record<string, string>>;
  readonly expected: Expected[];
  readonly edited: Snapshot['edited'];
  readonly earlierFiles: EarlierFile[];
  readonly kept: Kept[];
}

export const origin: Origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };

const empty: World = {
  ...{ username: 'Our_bot', pool: 'default', topicPerSession: false },
  ...{ active: 'web', sessions: {}, renamed: {}, speakers: {}, personas: [], integrations: [] },
  servedPools: ['default', 'nas'],
  ...{
    modelIsSimulated: false,
    waiting: {},
    atBackground: false,
    evidence: {},
    expected: [],
    edited: undefined,
    earlierFiles: [],
  },
  kept: [],
};

/** What an incoming message leads to. `asked`: the pools whose personas it needed to know. */
export async function decideOn(
  incoming: Said,
  more: Partial<World>,
): Promise<{ decision: Decision | undefined; asked: string[] }> {
  const world = { ...empty, ...more };
  const asked: string[] = [];
  const personas = async (pool: string) => {
    asked.push(pool);
    return world.personas;
  };
  const own = <T>(all: Readonly<Record<string, T>>, key: string) => (Object.hasOwn(all, key) ? all[key] : undefined);
  const workers = async () =>
    world.servedPools.map((pool) => ({ pool, modelIsSimulated: world.modelIsSimulated })) as never;
  const takeSnapshot = createTakeSnapshot(
    {
      activeSession: async () => world.active,
      session: async (name) => own(world.sessions, name),
      renamed: async (name) => own(world.renamed, name),
      speaker: async (_chatId, messageId) => world.speakers[messageId],
      workforce: { personas, workers, integrations: async () => world.integrations },
      listWaiting: async (queue) =>
        (own(world.waiting, queue) ?? []).map((job) => ({ addedAt: 1, joinedTo: undefined, ...job })),
      activity: async () => ({ background: world.atBackground }) as never,
      evidence: async (incident) => own(world.evidence, incident),
      expected: async () => world.expected,
      edited: async () => world.edited,
      earlierFiles: async () => world.earlierFiles,
      kept: async () => world.kept,
    },
    world,
  );
  const deciding = howToDecide(incoming, world);
  const decision = deciding?.decide(await takeSnapshot(incoming, deciding.needs));
  return { decision, asked };
}

/** A session of the pool nas. */
export const web: SessionCard = { name: 'web', pool: 'nas', persona: 'default', claimedBy: 'u-1-0', createdAt: 0 };
/** An integration as its worker tells of it. */
export const kuma = {
  name: 'kuma',
  usage: '/kuma [filter]',
  example: '/kuma nas',
  description: 'Monitors',
  configured: true,
};
export const personas = [
  { name: 'default', description: 'General' },
  { name: 'planner', description: 'Plans' },
];

/** With one session, `web`, which the place talks to. */
export const withWeb = { sessions: { web }, personas, integrations: [kuma], evidence: { 'kuma-1': 'nas is down' } };

/** What a text leads to there. `claimed`: the session whose name it takes. */
export async function decideText(text: string, more: Partial<World> = {}, marks: object = {}) {
  const { decision, asked } = await decideOn({ kind: 'text', origin, text, ...marks }, { ...withWeb, ...more });
  return { decision, asked, claimed: decision?.claim?.card };
}

const readers: Record<string, (job: unknown) => unknown> = {
  chat: readChatJob,
  session: readSessionJob,
  control: readControlJob,
};

/** Whether what is enqueued can be read by a worker, and in which queue it is. */
export function enqueued(decision: Decision | undefined) {
  if (!decision?.enqueue) return undefined;
  const { queue, job } = decision.enqueue;
  const read = readers[queue.name.split('-')[0] ?? '']?.(job);
  expect(read).toEqual({ status: 'ok', value: job });
  return { queue: `${queue.name} of ${queue.group}`, job };
}
