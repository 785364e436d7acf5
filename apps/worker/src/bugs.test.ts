import {
  type ControlJob,
  chatQueue,
  controlQueue,
  type QueueRef,
  type SessionJob,
  sessionQueue,
} from '@signalbox/contracts';
import { type Consumer, type JobHandler, keys, type Queues } from '@signalbox/queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testSetup } from '../testing/session-setup.ts';
import { createTestLog, origin, repliesTo, useTestDisk, useTestQueues } from '../testing/world.ts';
import { answerControl } from './control/answer-control.ts';
import { serveControl } from './control/serve-control.ts';
import { serveSessions } from './session/serve-sessions.ts';
import { composeChats, composeStatus } from './start/compose-chats.ts';

const { log, lines } = createTestLog();
const queues = await useTestQueues(log);
const disk = useTestDisk('default');
let consumers: Consumer[];
/** Whether the handlers' dependencies have a bug. */
let isBroken: boolean;
beforeEach(async () => {
  lines.length = 0;
  isBroken = false;
  consumers = [
    await consume('session.default', serveSessions(setUp())),
    await consume('control.default', control()),
    await consume('chat.default', chats()),
  ];
});
afterEach(async () => {
  await Promise.all(consumers.map((each) => each.stop(0)));
});

/** What is dealt with before the first job is whole: a bug there is tested where queues are served. */
const consume = (group: string, { enter, ...handler }: JobHandler) =>
  queues.consume(group, {
    ...handler,
    async enter(...args) {
      const was = isBroken;
      isBroken = false;
      await enter?.(...args);
      isBroken = was;
    },
  });

/** The same; each of its calls fails as long as `isBroken`. */
function breakable<T extends object>(dependency: T): T {
  return new Proxy(dependency, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (!isBroken || name === 'paths') return member.apply(target, args);
        const bug = new TypeError('a bug of ours');
        if (name === 'find') throw bug;
        return Promise.reject(bug);
      };
    },
  });
}

const brokenQueues = (): Queues => ({ ...queues, routing: breakable(queues.routing) });
const house = () => breakable({ integrations: [], find: () => undefined });
function control(): JobHandler {
  const { store, library, claude, queues: ours } = setUp();
  const { routing, addJob, questions } = ours;
  const limits = {
    billing: 'api' as const,
    offeredModels: async () => [],
    pool: 'default',
    most: 'default',
    inactivityMs: 60_000,
  } as const;
  const calls = { changeCard: routing.changeCard, listOpen: questions.listOpen, redactBeginning: String };
  const more = { store, library, claude, ...calls, ...limits };
  return serveControl({ store, routing, addJob, log, answer: (job) => answerControl(job, more) });
}
function chats(): JobHandler {
  const status = composeStatus(brokenQueues(), house(), 'default');
  return composeChats(status, brokenQueues(), { addJob: queues.addJob, pool: 'default', log });
}
const setUp = () => testSetup(disk, brokenQueues(), { log, store: breakable(disk.store) });

let made = 0;
/** Has a job done. @param spoil what is done to it before anybody takes it */
async function done(queue: QueueRef, data: object, spoil?: (key: string) => Promise<unknown>): Promise<string> {
  const id = `u-1-${++made}`;
  const bull = queues.bull.queue(queue.name);
  if (spoil) await bull.pause();
  await queues.addJob(queue, { id, name: 'test', data });
  if (spoil) {
    await spoil(keys.job(queue.name, id));
    await bull.resume();
    await queues.addJob(queue, { id, name: 'test', data });
  }
  const state = async () => {
    const [completed, failed] = await Promise.all([bull.getCompleted(), bull.getFailed()]);
    return completed.some((job) => job.id === id) ? 'completed' : failed.some((job) => job.id === id) ? 'failed' : '';
  };
  await expect.poll(state, { timeout: 30_000 }).not.toBe('');
  return state();
}

const head = { version: 1, session: 'web', origin } as const;
const SESSION = sessionQueue('web', 'default');
const CONTROL = controlQueue('web', 'default');
const CHAT = chatQueue(7, 'default');

const card = (name: string, claimedBy: string) =>
  queues.routing.claim({ name, pool: 'default', persona: 'default', claimedBy, createdAt: 1 });

/** Makes the session that the jobs are about. */
async function makeSession() {
  await card('web', `u-1-${made + 1}`);
  expect(await done(SESSION, { ...head, kind: 'new', persona: 'default', personaNamed: false })).toBe('completed');
  await queues.bull.queue('reply-7').drain();
  lines.length = 0;
}

/** What a bug of this kind of work must have led to: one notice of one sentence, the stack once in the log, a count. */
async function expectTold(kind: string) {
  const told = await repliesTo(queues, 7);
  expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/^⚠️ Something unforeseen went wrong[^.]*\.$/)]);
  const stacks = lines.filter((line) => 'err' in line && line.level >= 50);
  expect(stacks).toEqual([expect.objectContaining({ err: expect.objectContaining({ stack: expect.any(String) }) })]);
  await expect.poll(() => queues.bugs.read(), { timeout: 15_000 }).toEqual({ [kind]: 1 });
  await queues.bull.queue('reply-7').drain();
}

const sessionJobs: SessionJob[] = [
  { ...head, kind: 'message', text: 'hello' },
  { ...head, kind: 'new', persona: 'default', personaNamed: false },
  { ...head, kind: 'clear' },
  { ...head, kind: 'compact' },
  { ...head, kind: 'fork', to: 'copy' },
  { ...head, kind: 'rename', to: 'site' },
  { ...head, kind: 'archive' },
  { ...head, kind: 'restore' },
  { ...head, kind: 'delete', claimedBy: 'u-1-1' },
];
const controlJobs: ControlJob[] = [
  { ...head, kind: 'about' },
  { ...head, kind: 'set', change: { output: 'smart' } },
  { ...head, kind: 'show-setting', setting: 'model' },
  { ...head, kind: 'allow', rules: ['Read'] },
  { ...head, kind: 'revoke', rule: 'Read' },
  { ...head, kind: 'persona' },
  { ...head, kind: 'usage' },
  { ...head, kind: 'export' },
  { ...head, kind: 'desk' },
  { ...head, kind: 'log' },
  { ...head, kind: 'ask-delete', confirmed: '/delete web' },
];
const chatJobs = [
  { version: 1, origin, kind: 'sessions' },
  { version: 1, origin, kind: 'status' },
  { version: 1, origin, kind: 'homelab', name: 'kuma', args: [] },
];
const all: [string, string, QueueRef, object, object][] = [
  ...sessionJobs.map((job) => ['session', job.kind, SESSION, job, { ...head, kind: 'warm' }] as never),
  ...controlJobs.map((job) => ['control', job.kind, CONTROL, job, { ...head, kind: 'about' }] as never),
  ...chatJobs.map((job) => ['chat', job.kind, CHAT, job, { version: 1, origin, kind: 'sessions' }] as never),
];

describe.each(all)('a job of the kind %s %s', (kind, _name, queue, data, next) => {
  beforeEach(makeSession);
  const goesOn = async () => expect(await done(queue, next)).toBe('completed');

  it('that meets a TypeError is told once, and the next one goes on', async () => {
    isBroken = true;
    expect(await done(queue, data)).toBe('failed');
    isBroken = false;
    await expectTold(kind);
    await goesOn();
  });

  it('of the wrong shape is told once, and the next one goes on', async () => {
    expect(await done(queue, { ...data, kind: 'dance' })).toBe('failed');
    await expectTold(kind);
    await goesOn();
  });

  it('that is torn is told once, and the next one goes on', async () => {
    const torn = JSON.stringify({ ...data }).slice(0, -2);
    expect(await done(queue, data, (key) => queues.redis.hset(key, 'data', torn))).toBe('failed');
    await expectTold(kind);
    await goesOn();
  });
});

describe('a stored value that cannot be read', () => {
  const listing = { version: 1, origin, kind: 'sessions' };
  const about = { ...head, kind: 'about' };

  it.each([
    ['cards', CHAT, listing, keys.sessions],
    ['cards', CONTROL, { ...about, session: 'elsewhere' }, keys.sessions],
    ['activities', CHAT, listing, keys.activity],
  ] as const)('of all %s fails a job of %o, is told once, and the next one goes on', async (_what, queue, job, key) => {
    await queues.redis.del(key());
    await queues.redis.set(key(), 'no hash at all');
    expect(await done(queue, job)).toBe('failed');
    await expectTold(queue.group.split('.')[0] ?? '');
    await queues.redis.del(key());
    expect(await done(queue, job)).toBe('completed');
  });

  it.each([
    ['card', keys.sessions],
    ['activity', keys.activity],
  ] as const)('of one %s counts as absent', async (_what, key) => {
    await makeSession();
    await queues.redis.hset(key(), 'web', '{torn');
    expect(await done(CHAT, listing)).toBe('completed');
    expect(await done(CONTROL, about)).toBe('completed');
    expect(await repliesTo(queues, 7)).toHaveLength(2);
    expect(await queues.bugs.read()).toEqual({});
  });
});
