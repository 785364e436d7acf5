import { sessionQueue } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import { origin } from '../../testing/deciding.ts';
import type { Decision } from '../deciding/decision.ts';
import { createSay } from '../telegram/say.ts';
import { createCarryOut } from './carry-out.ts';
import { createPerform } from './perform.ts';

const queue = sessionQueue('web', 'nas');
const job = { version: 1, kind: 'warm', session: 'web', origin } as const;
const enqueue = { queue, job };
const decision: Decision = {
  activate: 'web',
  say: 'Switched.',
  stop: [{ queue, jobIds: ['u-1-1', 'u-1-0'] }],
  menu: { text: 'x', rows: [[{ label: 'x', act: { do: 'command', text: '/help' } }]], once: false },
  enqueue,
};
const other: Decision = { say: 'Taken.' };
const card = { name: 'web', pool: 'nas', persona: 'default', createdAt: 1 };
const claiming: Decision = { claim: { card, otherwise: other }, activate: 'web', enqueue };
const message = { ...job, kind: 'message', text: 'red' } as const;
const answering: Decision = {
  answer: {
    to: ['q-1', 'q-2'].map((questionId) => {
      const about = { queue, requestId: questionId };
      return { about, questionId, value: 'red', shown: '→ red' };
    }),
    otherwise: { enqueue: { queue, job: message } },
  },
};
const editing: Decision = {
  edit: { queue, jobId: 'u-1-1', job: message, otherwise: { say: 'Too late.' } },
  say: 'Changed.',
};

const forgetting: Decision = {
  forget: { card: { ...card, claimedBy: 'u-1-0' }, otherwise: { enqueue } },
  say: 'Deleted.',
};

/** What there is outside of a bot, and stays when one dies. */
function createWorld() {
  return {
    jobs: new Set<string>(),
    said: [] as unknown[],
    holder: undefined as string | undefined,
    /** Question → the update whose answer holds; one that is not in it is closed, and forgotten. */
    questions: new Map<string, string | undefined>([
      ['q-1', undefined],
      ['q-2', undefined],
    ]),
    text: 'blue',
    waits: true,
  };
}
type World = ReturnType<typeof createWorld>;

interface Run {
  readonly failing?: number;
  readonly isAgain?: boolean;
  readonly mayAct?: () => Promise<void>;
}

/** Performs the decision while the `failing`th step fails, and says which steps were taken, each by what it is known. */
async function steps(
  of: Decision,
  { failing, isAgain = false, mayAct = async () => undefined }: Run = {},
  world: World = createWorld(),
): Promise<string[]> {
  const taken: string[] = [];
  const take = async (step: string) => {
    if (taken.length === failing) throw new Error('Redis is away');
    taken.push(step);
  };
  const addJob = async ({ name }: { name: string }, { id, data }: { id: string; data: object }) => {
    const { origin: from, text } = data as { origin?: typeof origin; text?: string };
    const threadId = from?.place.threadId;
    await take(`${name} ${id}${threadId === undefined ? '' : ` in ${threadId}`}`);
    world.jobs.add(`${name} ${id}`);
    if (id === 'u-1-2' && name === 'reply-7') world.said.push(text);
  };
  const say = createSay(addJob);
  const carryOut = createCarryOut({
    ...{ addJob, say },
    forgetTalk: (_place, messageId) => take(`forget talk before ${messageId}`),
    keepJobOfMessage: (_chatId, messageId) => take(`message ${messageId}`),
    keepFiles: ({ album }) => take(`album ${album}`),
    stop: (_queue, { jobId }) => take(`stop ${jobId}`),
    routing: {
      activate: (where, name) => take(`active ${name}${where.threadId ? ` in ${where.threadId}` : ''}`),
      changeCard: (name, change) => take(`${JSON.stringify(change)} of ${name}`),
      movePlaces: (name, to) => take(`places of ${name} to ${to}`),
    },
    async makeTopic(_jobId, chatId, name) {
      if (name === 'refused') return { refused: 'not enough rights' };
      await take(`topic ${name}`);
      return { chatId, threadId: 9 };
    },
    kept: {
      add: (_place, { jobId }) => take(`keep ${jobId}`),
      change: (_place, { jobId }) => take(`change ${jobId}`),
      take: (_place, messageIds) => take(`take ${messageIds.join(' ')}`),
    },
  });
  const perform = createPerform({
    ...{ carryOut, addJob },
    knows: async (name, id) => world.jobs.has(`${name} ${id}`),
    async claim(asked) {
      await take(`claim ${asked.name}`);
      world.holder ??= asked.claimedBy;
      return { ...asked, claimedBy: world.holder };
    },
    async answer({ questionId }, { id, value, by }) {
      await take(`answer ${questionId}`);
      if (!world.questions.has(questionId)) return undefined;
      const holds = world.questions.get(questionId) ?? id;
      world.questions.set(questionId, holds);
      return { id: holds, value, by };
    },
    clearExpected: (_place, _userId, questionId) => take(`clear ${questionId}`),
    async edit(_queue, jobId) {
      await take(`edit ${jobId}`);
      if (world.waits) world.text = 'red';
      return world.waits;
    },
    async forget({ name }) {
      await take(`forget ${name}`);
      return world.waits;
    },
    readJob: async () => ({ ...message, text: world.text }),
  });
  await perform(of, { jobId: 'u-1-2', origin, isAgain, mayAct }).catch(() => undefined);
  return taken;
}

it('a decision performed again takes the same steps, each known by the same id', async () => {
  const all = ['active web', 'stop u-1-1', 'stop u-1-0', 'reply-7 menu-u-1-2', 'reply-7 u-1-2', 'session-web u-1-2'];
  expect(await steps(decision)).toEqual(all);
  expect(await steps(decision, { isAgain: true })).toEqual(all);
  for (const failing of all.keys()) expect(await steps(decision, { failing })).toEqual(all.slice(0, failing));
});

it('words that are to be said once have an id of their own', async () => {
  expect(await steps({ say: 'In vain.', sayId: 'n-5-x' })).toEqual(['reply-7 n-5-x']);
});

it.each([
  ['leads no place back to a session that a later update has left', decision],
  ['claims no name that was given back meanwhile', claiming],
  ['changes no message that was changed again', editing],
  ['forgets no session that was made again', forgetting],
  ['puts no session away that was brought back', { putAway: 'web', say: 'Put away.' }],
])('a bot that may no longer act %s', async (_what, of) => {
  expect(await steps(of, { mayAct: () => Promise.reject(new Error('Another polls now')) })).toEqual([]);
});

it('what is kept is kept before anything is said, and taken away when it is a job', async () => {
  const { menu } = decision;
  const written = { origin, text: 'hello' };
  if (!menu) throw new Error('no menu');
  expect(await steps({ kept: { add: written }, menu })).toEqual(['keep u-1-2', 'reply-7 menu-u-1-2']);
  const { text, ...rest } = message;
  const given: Decision = {
    enqueue,
    afterwards: [{ queue, job: { ...rest, text }, id: 'u-1-1' }],
    kept: { take: [5] },
  };
  const all = ['session-web u-1-2', 'message 5', 'session-web u-1-1', 'take 5'];
  expect(await steps(given)).toEqual(all);
  for (const failing of all.keys()) expect(await steps(given, { failing })).toEqual(all.slice(0, failing));
});

it('a decision with a topic is about that topic, from which a session hears all; the place it came from is told', async () => {
  const all = ['topic web', 'reply-7 n-u-1-2-topic', 'active web in 9', 'session-web u-1-2 in 9'];
  const topic = { activate: 'web', topic: 'web', enqueue };
  expect(await steps(topic)).toEqual(all);
  for (const failing of [1, 2, 3]) expect(await steps(topic, { failing })).toEqual(all.slice(0, failing));
});

it('a topic that is refused leaves the session where it was asked for', async () => {
  expect(await steps({ activate: 'web', topic: 'refused', enqueue })).toEqual([
    ...['reply-7 n-u-1-2-topic', 'active web', 'session-web u-1-2'],
  ]);
});

const CREATED = ['active web', 'session-web u-1-2'];
const TAKEN = ['reply-7 u-1-2'];
const ANSWERED = ['reply-7 settled-u-1-2'];
const SENT = ['message 5', 'session-web u-1-2'];
const SAID = ['reply-7 u-1-2'];

it.each<[string, Decision, Partial<World>, string[]]>([
  ['a name that is free', claiming, {}, ['claim web', ...CREATED]],
  ['a name that is another’s', claiming, { holder: 'u-1-1' }, ['claim web', ...TAKEN]],
  ['a question', answering, {}, ['answer q-1', ...ANSWERED, 'clear q-1']],
  [
    'a second question, when the first was answered by a button',
    answering,
    {
      questions: new Map([
        ['q-1', 'u-1-1'],
        ['q-2', undefined],
      ]),
    },
    ['answer q-1', 'clear q-1', 'answer q-2', ...ANSWERED, 'clear q-2'],
  ],
  [
    'questions that are gone',
    answering,
    { questions: new Map() },
    ['answer q-1', 'clear q-1', 'answer q-2', 'clear q-2', ...SENT],
  ],
  ['a message that waits', editing, {}, ['edit u-1-1', ...SAID]],
  ['a message that Claude has', editing, { waits: false }, ['edit u-1-1', ...SAID]],
  ['a session that nobody serves', forgetting, {}, ['forget web', ...SAID]],
  ['a session that somebody serves after all', forgetting, { waits: false }, ['forget web', 'session-web u-1-2']],
  [
    'a session that is put away',
    { putAway: 'web', enqueue, say: 'Put away.' },
    {},
    ['{"archived":true} of web', 'places of web to undefined', ...SAID, 'session-web u-1-2'],
  ],
])('what is decided about %s is performed in this order', async (_what, of, more, all) => {
  expect(await steps(of, {}, { ...createWorld(), ...more })).toEqual(all);
});

/** What others do before the update comes again. */
const MEANWHILE = {
  nothing: {},
  'the name is given back': { holder: undefined },
  'the name is taken by another': { holder: 'u-1-3' },
  'the questions are closed and forgotten': { questions: new Map() },
  'Claude takes the message': { waits: false },
} satisfies Record<string, Partial<World>>;

it.each<[string, Decision, Partial<World>, keyof typeof MEANWHILE, string[]]>([
  ['created a session', claiming, {}, 'nothing', CREATED],
  ['created a session', claiming, {}, 'the name is given back', CREATED],
  ['created a session', claiming, {}, 'the name is taken by another', CREATED],
  ['found a name taken', claiming, { holder: 'u-1-1' }, 'the name is given back', TAKEN],
  ['answered a question', answering, {}, 'the questions are closed and forgotten', []],
  ['found no question', answering, { questions: new Map() }, 'nothing', SENT],
  ['changed a message', editing, {}, 'Claude takes the message', SAID],
  ['forgot a session', forgetting, {}, 'Claude takes the message', SAID],
])('an update that %s does so when it comes again after %o: %s', async (_what, of, more, meanwhile, again) => {
  const world = { ...createWorld(), ...more };
  const first = await steps(of, {}, world);
  const jobs = new Set(world.jobs);
  Object.assign(world, MEANWHILE[meanwhile]);
  expect(await steps(of, { isAgain: true }, world)).toEqual(again);
  expect(world.jobs).toEqual(jobs);
  // The same when the bot died before any of the steps.
  for (const failing of first.keys()) {
    const cutOff = { ...createWorld(), ...more, questions: new Map(more.questions ?? createWorld().questions) };
    await steps(of, { failing }, cutOff);
    await steps(of, { isAgain: true }, cutOff);
    expect(cutOff.jobs).toEqual(jobs);
  }
});

it('a change of a message that was cut off before it was said is no “too late” when Claude has it by then', async () => {
  const world = createWorld();
  await steps(editing, { failing: 1 }, world);
  world.waits = false;
  expect(await steps(editing, { isAgain: true }, world)).toEqual(['edit u-1-1', ...SAID]);
  expect(world.said).toEqual(['Changed.']);
});
