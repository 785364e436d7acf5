import { readControlJob, readSessionJob, type SessionCard } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { decideOn, origin, type World } from '../../testing/deciding.ts';

const web: SessionCard = { name: 'web', pool: 'nas', persona: 'planner', claimedBy: 'u-1-0', createdAt: 1_000 };
const sessions: Record<string, SessionCard> = { web, old: { ...web, name: 'old', archived: true } };

async function decideText(text: string, more: Partial<World> = {}, marks: object = {}) {
  const world = { sessions, personas: [{ name: 'planner', description: 'Plans' }], ...more };
  const { decision } = await decideOn({ kind: 'text', origin, text, ...marks }, world);
  const job = decision?.enqueue?.job;
  if (job) {
    const read = decision?.enqueue?.queue.name.startsWith('control-') ? readControlJob(job) : readSessionJob(job);
    expect(read).toEqual({ status: 'ok', value: job });
  }
  return { decision, claimed: decision?.claim?.card, job, queue: decision?.enqueue?.queue.name };
}

describe('a command that must not wait behind a turn', () => {
  it.each([
    ['/session', { kind: 'about' }],
    ['/usage', { kind: 'usage' }],
    ['/log', { kind: 'log' }],
    ['/export', { kind: 'export' }],
    ['/desk', { kind: 'desk' }],
    ['/model', { kind: 'show-setting', setting: 'model' }],
    ['/model Opus', { kind: 'set', change: { model: 'opus' } }],
    ['/model sonet anyway web', { kind: 'set', change: { model: 'sonet' }, sure: true }],
    ['/rewind', { kind: 'turns' }],
    ['/model default', { kind: 'set', change: { model: null } }],
    ['/mode revoke Bash(npm  Test *)', { kind: 'revoke', rule: 'Bash(npm  Test *)' }],
    ['/effort MAX', { kind: 'set', change: { effort: 'max' } }],
    ['/interrupted', { kind: 'show-setting', setting: 'interrupted' }],
    ['/interrupted Ask', { kind: 'set', change: { interrupted: 'ask' } }],
    ['/interrupted persona', { kind: 'set', change: { interrupted: null } }],
    ['/timeout 120', { kind: 'set', change: { timeoutMinutes: 120 } }],
    ['/quiet', { kind: 'set', change: { output: 'quiet' } }],
    ['/normal', { kind: 'set', change: { output: 'normal' } }],
    ['/persona', { kind: 'persona' }],
    ['/persona Planner', { kind: 'persona', persona: 'planner' }],
  ])('%s goes to the session’s control queue', async (text, job) => {
    const asked = await decideText(text);
    expect(asked.job).toEqual({ version: 1, session: 'web', origin, ...job });
    expect(asked.queue).toBe('control-web');
  });

  it.each([
    '/usage now',
    '/model a b',
    '/model --x',
    '/model --x anyway',
    '/rewind yesterday',
    '/rewind good web more',
    '/effort immense',
    '/interrupted never',
    '/timeout 0',
    '/timeout 1.5',
    '/timeout 121',
    '/quiet please',
    '/clear all',
    '/fork',
    '/rename',
    '/restore',
    '/delete',
    '/archive a b',
  ])('%s is told its usage, and nothing is done', async (text) => {
    const { decision, claimed } = await decideText(text);
    expect(decision?.say).toMatch(new RegExp(`^Usage: ${text.split(' ')[0]}.*\nExample: ${text.split(' ')[0]}`));
    expect([Object.keys(decision ?? {}), claimed]).toEqual([['say'], undefined]);
  });

  it.each(['/usage', '/model opus', '/clear', '/rename x', '/fork x', '/archive', '/persona'])(
    '%s without a session says how to start one',
    async (text) => {
      const { decision, claimed } = await decideText(text, { active: undefined });
      expect(decision).toEqual({ say: 'No active session. Use /new <name> to start one.' });
      expect(claimed).toBeUndefined();
    },
  );
});

describe('a command that changes the conversation', () => {
  it.each(['/rewind good', '/rewind 0f2c9a1b-4d5e-4f60-8a7b-9c0d1e2f3a4b web'])(
    '%s waits its turn in the session’s queue, also in a place that talks to another by now',
    async (text) => {
      const [, backTo = ''] = text.split(' ');
      const { job, queue } = await decideText(text, text.endsWith('web') ? { active: undefined } : {});
      expect([job, queue]).toEqual([{ version: 1, kind: 'rewind', backTo, session: 'web', origin }, 'session-web']);
    },
  );

  it.each(['clear', 'compact'])('/%s waits its turn in the session’s queue', async (kind) => {
    const { job, queue } = await decideText(`/${kind}`);
    expect([job, queue]).toEqual([{ version: 1, kind, session: 'web', origin }, 'session-web']);
  });

  it.each(['rename', 'fork'])('/%s claims the new name and sends what follows there, to wait', async (kind) => {
    const { decision, claimed, job, queue } = await decideText(`/${kind} Site`);
    const card = { name: 'site', pool: 'nas', persona: 'planner', createdAt: expect.any(Number), awaits: 'web' };
    expect(claimed).toEqual(kind === 'rename' ? { ...card, renames: true } : card);
    expect([job, queue]).toEqual([{ version: 1, kind, session: 'web', origin, to: 'site' }, 'session-web']);
    expect(decision?.activate).toBe('site');
  });

  it.each(['rename', 'fork'])('/%s to a name that turns out to be taken changes nothing', async (kind) => {
    const { decision } = await decideText(`/${kind} old`);
    expect(decision?.claim?.otherwise).toEqual({
      say: "Session 'old' already exists. Use /session old to switch to it.",
    });
  });
});

describe('while a session waits for its new name', () => {
  const site = { ...web, name: 'site', awaits: 'web', renames: true };
  const message = (text: string) => ({ version: 1, kind: 'message', session: 'web', origin, text });
  const around = (card: SessionCard): Partial<World> => ({
    active: 'site',
    sessions: { ...sessions, site: card },
    waiting: {
      'session-web': [
        { id: 'u-1-1', data: message('one'), hasBegun: true },
        { id: 'u-1-2', data: message('two'), hasBegun: false },
      ],
      // It was looked at, and put back until the session has its name.
      'session-site': [{ id: 'u-1-4', data: message('four'), hasBegun: true }],
    },
  });
  const stopped = async (text: string, card: SessionCard) =>
    (await decideText(text, around(card))).decision?.stop?.map(({ queue, jobIds }) => [queue.name, ...jobIds]);

  it('/stop ends what it is at by its old name, and “all” drops what waits for both', async () => {
    expect(await stopped('/stop', site)).toEqual([['session-web', 'u-1-1']]);
    expect(await stopped('/stop all', site)).toEqual([
      ['session-web', 'u-1-1', 'u-1-2'],
      ['session-site', 'u-1-4'],
    ]);
  });

  it('/stop leaves alone what a session is at that is only to be copied', async () => {
    expect(await stopped('/stop', { ...site, renames: false })).toBeUndefined();
  });

  it('/queue shows what it is at and what waits, by both names', async () => {
    const { menu } = (await decideText('/queue', around(site))).decision ?? {};
    expect(menu?.text).toBe("Queue of session 'site':\n▶️ one\n1. two\n2. four");
    expect(menu?.rows.flat().map(({ label }) => label)).toEqual(['✖ Cancel 1', '✖ Cancel 2']);
  });

  it.each(['/log', '/mode plan', '/usage', '/persona planner'])(
    '%s is answered by the name that it still has',
    async (text) => {
      expect((await decideText(text, around(site))).queue).toBe('control-web');
      expect((await decideText(text, around({ ...site, renames: false }))).queue).toBe('control-site');
    },
  );

  it('a reply to what it said before is no reply to another', async () => {
    const { decision, queue } = await decideText(
      'go on',
      { ...around(site), speakers: { 2: 'web' } },
      { repliesTo: 2 },
    );
    expect(queue).toBe('session-site');
    expect(decision).not.toHaveProperty('say');
  });
});

describe('putting away and deleting', () => {
  it('/archive takes the place’s session, or the one that is named', async () => {
    for (const text of ['/archive', '/archive WEB'])
      expect((await decideText(text)).job).toEqual({ version: 1, kind: 'archive', session: 'web', origin });
    expect((await decideText('/archive old')).decision?.say).toMatch(/is archived\. Use \/restore old/);
  });

  it('/restore brings back only what is archived, and switches to it', async () => {
    const { decision, job } = await decideText('/restore old');
    expect(job).toMatchObject({ kind: 'restore', session: 'old' });
    expect(decision?.activate).toBe('old');
    expect((await decideText('/restore web')).decision?.say).toMatch(/is not archived/);
    expect((await decideText('/restore none')).decision?.say).toMatch(/doesn't exist/);
  });

  it('/delete asks first, and is then about that very session alone', async () => {
    const asked = await decideText('/delete web');
    expect(asked.job).toMatchObject({ kind: 'ask-delete', confirmed: '/delete web 000000rs' });
    const { job, queue } = await decideText('/delete web 000000rs');
    expect([job, queue]).toEqual([
      { version: 1, kind: 'delete', session: 'web', origin, claimedBy: 'u-1-0' },
      'session-web',
    ]);
    expect((await decideText('/delete web 000000rt')).decision?.say).toMatch(/^Nothing was deleted/);
  });

  it('/archive in a pool without a worker puts the session away at once, and leaves the rest to one that comes', async () => {
    const { decision, job } = await decideText('/archive', { servedPools: ['default'] });
    expect(job).toMatchObject({ kind: 'archive', session: 'web' });
    expect(decision).toMatchObject({
      putAway: 'web',
      say: expect.stringMatching(/is put away\. No worker runs in pool nas/),
    });
  });

  it('/delete in a pool without a worker is asked and done by the bot, unless a worker came meanwhile', async () => {
    const none = { servedPools: ['default'] };
    const { decision } = await decideText('/delete web', none);
    expect(decision?.menu?.text).toMatch(/No worker runs in pool nas.*its files on the machines of that pool stay/);
    expect(decision?.menu?.rows[0]).toMatchObject([
      { act: { do: 'command', text: '/delete web 000000rs' } },
      { act: { do: 'settle' } },
    ]);
    const confirmed = await decideText('/delete web 000000rs', none);
    expect(confirmed.decision).toMatchObject({
      forget: { card: { name: 'web' }, otherwise: { enqueue: { job: { kind: 'delete' } } } },
      say: "Session 'web' is deleted.",
    });
  });
});

describe('/new', () => {
  it.each(['/new garden planner ~/x/y @nas', '/new garden @nas ~/x/y planner'])(
    '%s takes persona, directory and pool in any order',
    async (text) => {
      const { job, claimed } = await decideText(text);
      expect(job).toMatchObject({ version: 1, kind: 'new', persona: 'planner', directory: '~/x/y' });
      expect(claimed).toMatchObject({ pool: 'nas' });
    },
  );

  it('without a directory can be done by an older worker', async () => {
    expect((await decideText('/new garden planner')).job).toMatchObject({ version: 1 });
  });

  it('asks for a topic if each session is to have one, unless it is said in one', async () => {
    const more = { topicPerSession: true };
    expect((await decideText('/new garden planner', more)).decision?.topic).toBe('garden');
    const inTopic = { origin: { ...origin, place: { chatId: 7, threadId: 3 } } };
    expect((await decideText('/new garden planner', more, inTopic)).decision).not.toHaveProperty('topic');
  });
});

describe('a reply', () => {
  const more = {
    speakers: { 1: 'web', 2: 'other', 3: 'old', 4: 'gone' },
    sessions: { ...sessions, other: { ...web, name: 'other' } },
  };
  const queueOf = async (repliesTo: number) => (await decideText('hello', more, { repliesTo })).queue;

  it('to what another session said goes there, and says so', async () => {
    const { decision, job } = await decideText('hello', more, { repliesTo: 2 });
    expect(job).toMatchObject({ kind: 'message', session: 'other' });
    expect(decision?.say).toBe("→ session 'other'");
    const withoutOwn = { ...more, active: undefined };
    expect((await decideText('hello', withoutOwn, { repliesTo: 2 })).queue).toBe('session-other');
  });

  it('to what one said that is put away or gone goes nowhere, and says so', async () => {
    expect((await decideText('yes, drop it', more, { repliesTo: 3 })).decision).toEqual({
      say: "Session 'old' is archived, so this was not passed on. Use /restore old, then send it again.",
    });
    expect((await decideText('yes, drop it', more, { repliesTo: 4 })).decision).toEqual({
      say: expect.stringMatching(/^Session 'gone' doesn't exist any more, so this was not passed on\./),
    });
  });

  it('to what another session said does not answer what is asked here', async () => {
    const expected = ['web', 'other'].map((session) => ({
      about: { queue: { name: `session-${session}`, group: 'session.nas' }, requestId: `q-${session}` },
      questionId: `q-${session}`,
      prefix: '',
      marked: [],
    }));
    const answers = async (repliesTo: number) =>
      (await decideText('hello', { ...more, expected }, { repliesTo })).decision?.answer?.to.map((to) => to.questionId);
    expect([await answers(2), await answers(5)]).toEqual([['q-other'], ['q-web', 'q-other']]);
    expect((await decideText('hello', { ...more, expected: expected.slice(0, 1) }, { repliesTo: 2 })).queue).toBe(
      'session-other',
    );
  });

  it.each(['stop', '/stop'])('“%s” to what another session said ends that one’s turn', async (text) => {
    const job = { version: 1, kind: 'message', session: 'other', origin, text: 'x' };
    const waiting = { 'session-other': [{ id: 'u-1-1', data: job, hasBegun: true }] };
    const { decision } = await decideText(text, { ...more, waiting }, { repliesTo: 2 });
    expect(decision?.stop).toMatchObject([{ queue: { name: 'session-other' }, jobIds: ['u-1-1'] }]);
    expect((await decideText(text, { ...more, waiting })).decision?.say).toMatch(/Nothing is running in session 'web'/);
  });

  it('to what this session or nobody said stays here', async () => {
    for (const message of [1, 5]) expect(await queueOf(message)).toBe('session-web');
    expect((await decideText('hello', more, { repliesTo: 1 })).decision).not.toHaveProperty('say');
  });
});
