import {
  type EarlierFile,
  type FileRef,
  type MessageJob,
  readChatJob,
  readControlJob,
  readSessionJob,
  type SessionCard,
} from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { decideOn, origin, type World } from '../../testing/deciding.ts';
import { commands } from '../commands/registry.ts';
import type { Decision } from '../deciding/decision.ts';

const web: SessionCard = { name: 'web', pool: 'nas', persona: 'default', claimedBy: 'u-1-0', createdAt: 0 };
const kuma = { name: 'kuma', usage: '/kuma [filter]', example: '/kuma nas', description: 'Monitors', configured: true };
const personas = [
  { name: 'default', description: 'General' },
  { name: 'planner', description: 'Plans' },
];

/** With one session, `web`, which the place talks to. */
const world = { sessions: { web }, personas, integrations: [kuma], evidence: { 'kuma-1': 'nas is down' } };

async function decideText(text: string, more: Partial<World> = {}, marks: object = {}) {
  const { decision, asked } = await decideOn({ kind: 'text', origin, text, ...marks }, { ...world, ...more });
  return { decision, asked, claimed: decision?.claim?.card };
}

const readers: Record<string, (job: unknown) => unknown> = {
  chat: readChatJob,
  session: readSessionJob,
  control: readControlJob,
};

/** Whether what is enqueued can be read by a worker, and in which queue it is. */
function enqueued(decision: Decision | undefined) {
  if (!decision?.enqueue) return undefined;
  const { queue, job } = decision.enqueue;
  const read = readers[queue.name.split('-')[0] ?? '']?.(job);
  expect(read).toEqual({ status: 'ok', value: job });
  return { queue: `${queue.name} of ${queue.group}`, job };
}

describe('/new', () => {
  it('takes the name, switches to it and leaves the rest to its queue', async () => {
    const { decision, claimed } = await decideText('/new Garden');
    const card = { name: 'garden', pool: 'default', persona: 'default', createdAt: expect.any(Number) };
    expect(claimed).toEqual(card);
    expect(decision).toMatchObject({ activate: 'garden' });
    expect(decision).not.toHaveProperty('say');
    expect(enqueued(decision)).toMatchObject({
      queue: 'session-garden of session.default',
      job: { kind: 'new', session: 'garden', persona: 'default', personaNamed: false, origin },
    });
  });

  it('with a persona says that it was named, whatever its case', async () => {
    const { decision } = await decideText('/new garden PLANNER');
    expect(enqueued(decision)?.job).toMatchObject({ persona: 'planner', personaNamed: true });
  });

  it('of a name that turns out to be taken says so and changes nothing', async () => {
    const { decision } = await decideText('/new WEB');
    expect(decision?.claim?.otherwise).toEqual({
      say: "Session 'web' already exists. Use /session web to switch to it.",
    });
  });

  it.each([
    ['/new garden planner @NAS', { persona: 'planner', personaNamed: true }],
    ['/new garden @nas', { persona: 'default', personaNamed: false }],
  ])('%s places the session in that pool, whose personas count', async (text, job) => {
    const { decision, claimed, asked } = await decideText(text);
    expect(claimed).toMatchObject({ name: 'garden', pool: 'nas' });
    expect(enqueued(decision)).toMatchObject({ queue: 'session-garden of session.nas', job });
    expect(asked).toEqual(['nas']);
  });

  it('in a pool where no worker ever ran asks first, and names those that have one', async () => {
    const { decision, claimed } = await decideText('/new garden any ~/x @Attic', { personas: undefined });
    expect(claimed).toBeUndefined();
    expect(decision).toEqual({
      menu: {
        text: 'No worker has ever run in pool attic, so what is said there would wait. Workers run in: default, nas.',
        rows: [
          [
            { label: 'Make it all the same', act: { do: 'command', text: '/new garden any ~/x @Attic!' } },
            { label: 'Cancel', act: { do: 'settle' } },
          ],
        ],
        once: true,
        plain: true,
      },
    });
  });

  it.each<[string, Partial<World>]>([
    ['/new garden any @attic!', {}],
    ['/new garden any @attic', { servedPools: ['attic'] }],
  ])('%s in a pool that is meant, or has a worker, is accepted whatever is known of it', async (text, more) => {
    const { decision } = await decideText(text, { personas: undefined, ...more });
    expect(enqueued(decision)).toMatchObject({ queue: 'session-garden of session.attic', job: { persona: 'any' } });
  });

  it.each(['/new garden', '/new garden @default'])(
    '%s waits for the bot’s own pool, which may just be starting',
    async (text) => {
      const { decision } = await decideText(text, { personas: undefined, servedPools: [] });
      expect(enqueued(decision)).toMatchObject({ queue: 'session-garden of session.default' });
    },
  );

  it.each(['@', '@../x', '@a_b', '@-x', `@${'a'.repeat(33)}`, '@😀', '@a:b'])(
    'in %j, which no worker can serve, is refused and takes no name',
    async (pool) => {
      const { decision, claimed } = await decideText(`/new garden ${pool}`);
      expect(decision?.say).toMatch(/can't be a pool\. Use 1 to 32 of the letters a–z/);
      expect(claimed).toBeUndefined();
    },
  );

  it('of a persona that is not there lists those that are, and takes no name', async () => {
    const { decision, claimed } = await decideText('/new garden nobody');
    expect(decision?.say).toBe(
      'There is no persona “nobody”. These are there:\ndefault – General\nplanner – Plans\n' +
        'Names have no spaces. If that was to be one name: /new garden-nobody',
    );
    expect(claimed).toBeUndefined();
  });

  it('before any worker ever ran trusts the persona to be there: the worker will say if not', async () => {
    const { decision } = await decideText('/new garden nobody', { personas: undefined });
    expect(enqueued(decision)?.job).toMatchObject({ persona: 'nobody' });
  });

  it('of what cannot be a persona is refused also before any worker ever ran', async () => {
    const { decision, claimed } = await decideText('/new garden x.y', { personas: undefined });
    expect(decision).toEqual({ say: 'There is no persona “x.y”.' });
    expect(claimed).toBeUndefined();
  });

  it.each(['/new', '/new  ', '/new a b c', '/new a b c d', '/new a b c @nas', '/new a @nas @b', '/new a ~/x ./y'])(
    'typed as %j is told its usage',
    async (text) => {
      const { decision, claimed } = await decideText(text);
      expect(decision?.say).toMatch(
        /^Usage: \/new <name> \[persona\] \[directory\] \[@pool\]\nExample: \/new web planner ~\/projects\/web @nas/,
      );
      expect(Object.keys(decision ?? {})).toEqual(['say']);
      expect(claimed).toBeUndefined();
    },
  );

  it.each(['a/b', '..', '../x', '-rf', '_x', 'a.b', '😀', 'a\0b', '"', `a${'b'.repeat(64)}`, '*', 'a:b', '{x}'])(
    'of the name %j is refused, and nothing is taken',
    async (name) => {
      const { decision, claimed } = await decideText(`/new ${name}`);
      expect(decision?.say).toMatch(/can't be a name\. Use 1 to 64 letters, digits/);
      expect(Object.keys(decision ?? {})).toEqual(['say']);
      expect(claimed).toBeUndefined();
    },
  );

  it.each([
    ['/new Web Site', /There is no persona “Site”[\s\S]*\/new web-site$/],
    ['/new мой новый сайт @nas', /^Usage[\s\S]*\/new мой-новый-сайт$/],
    ['/rename Web Site', /^Usage[\s\S]*\/rename web-site$/],
    ['/fork Web Site', /^Usage[\s\S]*\/fork web-site$/],
    ['/delete Web Site', /^Usage[\s\S]*\/delete web-site$/],
  ])('as in %j is told that names have no spaces', async (text, expected) => {
    const { decision, claimed } = await decideText(text);
    expect(decision?.say).toMatch(expected);
    expect(decision?.say).toContain('Names have no spaces.');
    expect(claimed).toBeUndefined();
  });

  it('of a name in another script takes it, whatever its case', async () => {
    expect((await decideText('/new СЕССИЯ')).claimed).toMatchObject({ name: 'сессия' });
  });

  it('of a very long name repeats a part of it, cut between characters', async () => {
    const { decision } = await decideText(`/new ${'😀'.repeat(500)}`);
    expect(decision?.say?.length).toBeLessThan(250);
    expect(JSON.stringify(decision)).not.toMatch(/\\ud[89ab]/);
  });
});

describe('a command of the homelab', () => {
  it('goes to the chat’s own queue with its words, whatever session is active', async () => {
    const { decision } = await decideText('/kuma nas  DOWN');
    expect(enqueued(decision)).toEqual({
      queue: 'chat-7 of chat.default',
      job: { version: 1, kind: 'homelab', name: 'kuma', args: ['nas', 'DOWN'], origin },
    });
  });

  it.each([`/kuma ${'w '.repeat(9)}`, `/kuma ${'w'.repeat(65)}`])(
    'with too much behind it, as %j, is told its usage',
    async (text) => {
      expect((await decideText(text)).decision).toEqual({ say: 'Usage: /kuma [filter]\nExample: /kuma nas' });
    },
  );

  it('that no worker has is unknown, and a near one is proposed', async () => {
    expect((await decideText('/kuna')).decision?.say).toMatch(/Did you mean \/kuma\?/);
    const none = { integrations: [] };
    expect((await decideText('/kuma', none)).decision?.say).toMatch(/^I don't know \/kuma\./);
  });
});

describe('/status', () => {
  it('goes to the chat’s own queue', async () => {
    const job = { version: 1, kind: 'status', origin };
    expect(enqueued((await decideText('/status')).decision)).toEqual({ queue: 'chat-7 of chat.default', job });
    expect((await decideText('/status all')).decision).toEqual({ say: 'Usage: /status\nExample: /status' });
  });
});

describe('/session', () => {
  it('switches, says so and warms the session up, in the pool where it lives', async () => {
    const { decision } = await decideText('/session WEB');
    expect(decision).toMatchObject({ activate: 'web', say: "Switched to session 'web'." });
    expect(enqueued(decision)).toMatchObject({ queue: 'session-web of session.nas', job: { kind: 'warm' } });
  });

  it('of a name that nobody took says how to take it', async () => {
    const { decision } = await decideText('/session Nothing');
    expect(decision).toEqual({ say: "Session 'nothing' doesn't exist. Use /new nothing to create it." });
  });

  it.each([
    [
      '/session a b',
      'Usage: /session [name]\nExample: /session web\nNames have no spaces. If that was to be one name: /session a-b',
    ],
    ['/sessions most', 'Usage: /sessions [all]\nExample: /sessions all'],
  ])('%s is told its usage', async (text, say) => {
    expect((await decideText(text)).decision).toEqual({ say });
  });

  it.each(['../web', '-web', '😀', 'a b c'.replaceAll(' ', '\u0000')])('of %j is refused', async (name) => {
    expect((await decideText(`/session ${name}`)).decision?.say).toMatch(/can't be a name/);
  });

  it.each([
    ['/sessions', {}],
    ['/sessions all', { all: true }],
  ])('%s asks for the list, beside the sessions’ queues', async (text, more) => {
    const { decision } = await decideText(text);
    expect(enqueued(decision)).toEqual({
      queue: 'chat-7 of chat.default',
      job: { version: 1, kind: 'sessions', origin, ...more },
    });
  });

  it('without a name asks what this place’s session is, beside its queue', async () => {
    const { decision } = await decideText('/session');
    expect(enqueued(decision)).toEqual({
      queue: 'control-web of control.nas',
      job: { version: 1, kind: 'about', session: 'web', origin },
    });
  });

  it('of one that was renamed or archived says what to type instead', async () => {
    const archived = { sessions: { web: { ...web, archived: true } }, renamed: { old: 'web' } };
    expect((await decideText('/session old', archived)).decision).toEqual({
      say: "Session 'old' is called 'web' now. Use /session web to switch to it.",
    });
    expect((await decideText('/session web', archived)).decision).toEqual({
      say: "Session 'web' is archived. Use /restore web to bring it back.",
    });
  });
});

describe('/help and /start', () => {
  it.each(['/help', '/start', '/HELP', '/help me please', '/start abc'])('%s is answered at once', async (text) => {
    const { decision } = await decideText(text);
    expect(Object.keys(decision ?? {})).toEqual(['say']);
  });

  it('say so when the model is simulated', async () => {
    const { decision } = await decideText('/start', { modelIsSimulated: true });
    expect(decision?.say).toContain('the model is simulated');
  });
});

describe('a command', () => {
  it('that nobody knows is told the nearest one, or none', async () => {
    expect((await decideText('/nwe x')).decision).toEqual({
      say: "I don't know /nwe. Did you mean /new? /help shows what I can do.",
    });
    expect((await decideText('/frobnicate')).decision).toEqual({
      say: "I don't know /frobnicate. /help shows what I can do.",
    });
    expect((await decideText('/constructor')).decision?.say).toMatch(/^I don't know \/constructor\./);
  });

  it.each([
    '/tmp is full',
    '/home is full?',
    '/tmp',
    '/mnt backup',
    '/nas is down',
    '/frobnicate the widget please',
    '/media\nis empty',
    '/backup geht nicht!',
    '/etc/hosts is wrong',
  ])('that is none, as in %j, is a message for Claude', async (text) => {
    const { decision } = await decideText(text, { integrations: [{ ...kuma, name: 'host' }] });
    expect(Object.keys(decision ?? {})).toEqual(['enqueue']);
    expect(enqueued(decision)?.job).toMatchObject({ kind: 'message', text });
  });

  it('that is none may be what Claude has asked for', async () => {
    const about = { queue: { name: 'session-web', group: 'session.nas' }, jobId: 'j' };
    const expected = [{ about, questionId: 'q', prefix: 'text:', marked: [] }];
    const { decision } = await decideText('/srv is where it goes', { expected });
    expect(decision?.answer?.to).toMatchObject([{ questionId: 'q', value: 'text:/srv is where it goes' }]);
  });

  it.each([
    ['/sesion web', '/session'],
    ['/stopp writing to the log, please', '/stop'],
    ['/nwe web planner', '/new'],
  ])('that is only mistyped, as in %j, is told the nearest one', async (text, nearest) => {
    expect((await decideText(text)).decision?.say).toContain(`Did you mean ${nearest}?`);
  });

  it('that names the bot is one, whatever it looks like', async () => {
    expect((await decideText('/tmp@our_bot is full')).decision?.say).toMatch(/^I don't know \/tmp\./);
  });

  it('for another bot of the group is none of ours; in a private chat there is no other, and it is a message', async () => {
    for (const text of ['/new@other_bot x', '/src@v2 is broken']) {
      const inGroup = { origin: { ...origin, place: { chatId: -5 } } };
      expect((await decideText(text, {}, inGroup)).decision).toBeUndefined();
      expect((await decideText(text)).decision?.enqueue?.job).toMatchObject({ kind: 'message', text });
    }
  });

  it('that names us is ours, whatever the case', async () => {
    expect((await decideText('/new@OUR_BOT x')).decision).toMatchObject({ activate: 'x' });
  });

  it.each(commands.map(({ name }) => name))('/%s never becomes a message for Claude', async (name) => {
    const job = (await decideText(`/${name}`)).decision?.enqueue?.job;
    expect(job?.kind).not.toBe('message');
  });
});

describe('a text', () => {
  it('goes to the session that the place talks to, with its marks', async () => {
    const marks = { forwardedFrom: 'Bob', replied: { text: 'earlier' } };
    const { decision } = await decideText('hello', {}, marks);
    expect(enqueued(decision)).toEqual({
      queue: 'session-web of session.nas',
      job: { version: 1, kind: 'message', session: 'web', origin, text: 'hello', ...marks },
    });
    expect(decision).not.toHaveProperty('say');
  });

  it.each(['stop', '/clear', '/stop all', '/mode acceptEdits', '/new x'])(
    'that is forwarded is quoted to Claude, also if it is “%s”',
    async (text) => {
      const { decision, claimed } = await decideText(text, {}, { forwardedFrom: 'Bob' });
      expect(enqueued(decision)?.job).toMatchObject({ kind: 'message', text, forwardedFrom: 'Bob' });
      expect([Object.keys(decision ?? {}), claimed]).toEqual([['enqueue'], undefined]);
    },
  );
});

describe('a message where there is no session', () => {
  const written = (text: string, more: object = {}) => ({ origin, text, ...more });
  const kept = (messageId: number, text: string, more: object = {}) => ({
    ...written(text, more),
    origin: { ...origin, messageId },
    jobId: `u-1-${messageId}`,
  });
  const offer = (name: string) => [
    [{ label: 'Start a session with it', act: { do: 'command', text: `/kept new ${name}` } }],
    [{ label: 'Drop', act: { do: 'command', text: '/kept drop' } }],
  ];

  it.each([
    ['nothing is active', undefined],
    ['the active session is gone', 'deleted'],
  ])('is kept, with the offer to start one that is named by its words, when %s', async (_why, active) => {
    const { decision } = await decideText('Please fix the nginx', { active });
    expect(decision?.kept).toEqual({ add: written('Please fix the nginx') });
    expect(decision?.menu).toMatchObject({
      text: 'No active session. Use /new <name> to start one.',
      once: true,
      rows: offer('fix-nginx'),
    });
  });

  it('is kept with its files, and of an album only the first one is answered', async () => {
    const files: FileRef[] = [{ fileId: 'F', uniqueId: 'U', kind: 'document', name: 'a b.pdf', size: 5 }];
    const album = { files, album: '77' };
    const first = (await decideText('', { active: undefined }, album)).decision;
    expect([first?.kept, first?.menu?.rows]).toEqual([{ add: written('', album) }, offer('b')]);
    const before = [kept(4, '', album)];
    const second = (await decideText('', { active: undefined, kept: before }, album)).decision;
    expect(second).toEqual({ kept: { add: written('', album) } });
  });

  it('beside others is offered with them', async () => {
    const { decision } = await decideText('and the logs', { active: undefined, kept: [kept(4, 'Fix the nginx')] });
    expect(decision?.menu).toMatchObject({
      text: 'No active session. Use /new <name> to start one.\n2 messages are kept for it.',
      rows: [[{ label: 'Start a session with them', act: { text: '/kept new fix-nginx' } }], [{ label: 'Drop' }]],
    });
  });

  it('that is edited is kept as it is now', async () => {
    const edited = { kind: 'edited', origin, text: 'blue' } as const;
    const { decision } = await decideOn(edited, { ...world, kept: [kept(5, 'red')] });
    expect(decision).toEqual({ kept: { change: kept(5, 'blue') }, say: '✏️ The message that is kept was changed.' });
    expect((await decideOn(edited, { ...world, kept: [kept(5, 'blue')] })).decision).toBeUndefined();
  });

  it('starts a session of the first name that is free, in the order in which all was written', async () => {
    const all = [kept(3, 'one', { replied: { text: 'q' } }), kept(4, 'two')];
    const { decision } = await decideText('/kept new web', { active: undefined, kept: all });
    expect(decision).toMatchObject({ activate: 'web-2', claim: { card: { name: 'web-2', pool: 'default' } } });
    expect(decision?.claim?.otherwise.menu?.rows[0]).toMatchObject([{ act: { text: '/kept new web-3' } }]);
    expect(enqueued(decision)).toMatchObject({ job: { kind: 'new', session: 'web-2', persona: 'default' } });
    expect(decision?.afterwards).toEqual(
      all.map(({ jobId, ...rest }) => ({
        queue: { name: 'session-web-2', group: 'session.default' },
        job: { version: 1, kind: 'message', session: 'web-2', ...rest },
        id: jobId,
      })),
    );
    for (const { job } of decision?.afterwards ?? []) expect(readSessionJob(job)).toEqual({ status: 'ok', value: job });
    expect(decision?.kept).toEqual({ take: [3, 4] });
  });

  it.each(['/new garden', '/session web'])('is offered to the session of %s', async (text) => {
    const name = text.split(' ')[1];
    const { decision } = await decideText(text, { active: undefined, kept: [kept(4, 'one')] });
    expect(decision?.menu?.rows[0]).toEqual([
      { label: `Give to '${name}'`, act: { do: 'command', text: `/kept to ${name}` } },
    ]);
    expect((await decideText(text, { active: undefined })).decision).not.toHaveProperty('menu');
  });

  it('is given to a session, or dropped, and then is no more', async () => {
    const more = { kept: [kept(4, 'one')] };
    const given = (await decideText('/kept to web', more)).decision;
    expect(given).toMatchObject({ afterwards: [{ id: 'u-1-4' }], kept: { take: [4] }, say: "→ session 'web'" });
    expect((await decideText('/kept drop', more)).decision).toEqual({
      kept: { take: [4] },
      say: 'Dropped a message:\n• one',
    });
    expect((await decideText('/kept to gone', more)).decision).toEqual({
      say: "Session 'gone' doesn't exist. Use /new gone to create it.",
    });
    expect((await decideText('/kept drop')).decision).toEqual({
      say: 'Nothing is kept here: it was passed on, or dropped.',
    });
    expect((await decideText('/kept')).decision?.say).toMatch(/^Usage: /);
  });
});

describe('a text where an answer is waited for', () => {
  const queue = { name: 'session-web', group: 'session.nas' };
  const ask = (questionId: string, marked: string[] = []) => ({
    about: { queue, requestId: questionId },
    questionId,
    prefix: 'no: ',
    marked,
  });
  const message = { enqueue: { queue, job: { version: 1, kind: 'message', session: 'web', origin, text: 'red' } } };

  it('answers the first question that is open by then, or else is a message', async () => {
    const { decision } = await decideText('red', { expected: [ask('q-1'), ask('q-2')] });
    const to = ['q-1', 'q-2'].map((questionId) => ({
      about: { queue, requestId: questionId },
      questionId,
      value: 'no: red',
      shown: '→ red (Ann)',
    }));
    expect(decision).toEqual({ answer: { to, otherwise: message } });
  });

  it('answers together with what is marked there', async () => {
    const { decision } = await decideText('red', { expected: [ask('q-1', ['Blue', 'Green'])] });
    expect(decision?.answer?.to).toMatchObject([{ value: 'no: Blue, Green, red', shown: '→ Blue, Green, red (Ann)' }]);
    expect(decision?.answer?.otherwise).toEqual(message);
  });

  it.each([
    ['is a command', '/status', {}],
    ['is forwarded', 'red', { forwardedFrom: 'Bob' }],
    ['has files', 'red', { files: [{ fileId: 'F', uniqueId: 'U', kind: 'document' }] }],
  ])('answers nothing if it %s', async (_what, text, marks) => {
    expect((await decideText(text, { expected: [ask('q-1')] }, marks)).decision).not.toHaveProperty('answer');
  });
});

describe('an edited message', () => {
  const queue = { name: 'session-web', group: 'session.nas' };
  const job = { version: 1, kind: 'message' as const, session: 'web', origin, text: 'old' };
  const edit = async (edited: World['edited']) =>
    (await decideOn({ kind: 'edited', origin, text: 'new' }, { ...world, edited })).decision;

  it('changes the job that it became, or says that it is too late', async () => {
    expect(await edit({ queue, jobId: 'u-1-4', job })).toEqual({
      edit: {
        ...{ queue, jobId: 'u-1-4', job: { ...job, text: 'new' } },
        otherwise: { say: expect.stringMatching(/^Claude has this message already/) },
      },
      say: '✏️ The message in the queue was changed.',
    });
  });

  it('has its formatting, and the file that it has now', async () => {
    const files: FileRef[] = [{ fileId: 'F2', uniqueId: 'U2', kind: 'photo' }];
    const before = { ...job, files: [{ ...files[0], uniqueId: 'U1' } as FileRef] };
    const incoming = { kind: 'edited' as const, origin, text: 'old', markdown: '**old**', files };
    const { decision } = await decideOn(incoming, { ...world, edited: { queue, jobId: 'u-1-4', job: before } });
    expect(decision?.edit?.job).toEqual({ ...job, text: '**old**', files });
    const same = { ...job, text: '**old**', files };
    expect(
      (await decideOn(incoming, { ...world, edited: { queue, jobId: 'u-1-4', job: same } })).decision,
    ).toBeUndefined();
  });

  it('that tells where somebody on the move is now changes what waits, without a word', async () => {
    const incoming = { kind: 'edited' as const, origin, text: 'Live location: 1, 2', isMoving: true };
    const { decision } = await decideOn(incoming, { ...world, edited: { queue, jobId: 'u-1-4', job } });
    expect(decision).toEqual({
      edit: { queue, jobId: 'u-1-4', job: { ...job, text: 'Live location: 1, 2' }, otherwise: {} },
    });
  });

  describe('of which nothing is known', () => {
    const unknown = async (more: object, from: object = {}) => {
      const of = { ...origin, ...from };
      const incoming = { kind: 'edited' as const, origin: of, text: 'blue', editedAt: of.sentAt + 6_000, ...more };
      return (await decideOn(incoming, world)).decision;
    };

    it('is told in a private chat to have no effect, once for each message', async () => {
      const say = 'An edit of this has no effect. Send it as a new message.';
      expect(await unknown({})).toEqual({ say, sayId: 'n-5-edit-in-vain' });
      expect((await unknown({ text: 'green' }))?.sayId).toBe('n-5-edit-in-vain');
      expect((await unknown({}, { messageId: 6 }))?.sayId).toBe('n-6-edit-in-vain');
    });

    it.each([
      ['a move of somebody', { isMoving: true }],
      ['of the first seconds, as when the preview of a link comes', { editedAt: origin.sentAt + 4_000 }],
      ['of a text with a link, whose preview may come late', { text: 'see example.org' }],
      ['at no known time', { editedAt: undefined }],
    ])('gets no word if it is %s', async (_what, more) => {
      expect(await unknown(more)).toBeUndefined();
    });

    it('gets no word in a group, where it may have been for others', async () => {
      expect(await unknown({}, { place: { chatId: -7 } })).toBeUndefined();
    });
  });

  it('whose text is the same asks for nothing', async () => {
    expect(await edit({ queue, jobId: 'u-1-4', job: { ...job, text: 'new' } })).toBeUndefined();
  });
});

describe('a message with formatting', () => {
  it('reaches Claude with it, and is a command by what was typed', async () => {
    const { decision } = await decideText('see this', {}, { markdown: 'see [this](https://x.y)' });
    expect(enqueued(decision)?.job).toMatchObject({ text: 'see [this](https://x.y)' });
    expect((await decideText('/new garden', {}, { markdown: '**/new** garden' })).claimed?.name).toBe('garden');
    expect((await decideText('stop', {}, { markdown: '**stop**' })).decision).toMatchObject({
      say: expect.stringMatching(/^Nothing is running/),
    });
  });

  it('answers a question with what it replies to, and says that a file of that was not passed on', async () => {
    const about = { queue: { name: 'session-web', group: 'session.nas' }, requestId: 'q-1' };
    const expected = [{ about, questionId: 'q-1', prefix: '', marked: [] }];
    const photo = { fileId: 'f', uniqueId: 'u', kind: 'photo' };
    const replied = { messageId: 3, text: 'the port', files: [photo] };
    const { decision } = await decideText('this one', { expected }, { replied, repliesTo: 3 });
    expect(decision?.answer?.to).toMatchObject([{ value: 'this one\n\n(in reply to: the port)' }]);
    expect(decision?.say).toBe('Your answer was passed on, without the file that it replies to.');
  });

  it('answers a question with it, and shows what was typed', async () => {
    const about = { queue: { name: 'session-web', group: 'session.nas' }, requestId: 'q-1' };
    const expected = [{ about, questionId: 'q-1', prefix: '', marked: [] }];
    const { decision } = await decideText('use x', { expected }, { markdown: 'use `x`' });
    expect(decision?.answer).toMatchObject({ to: [{ value: 'use `x`', shown: '→ use x (Ann)' }] });
  });
});

describe('a reply', () => {
  const file: EarlierFile = { fileId: 'F', uniqueId: 'U', kind: 'photo' };
  const second: EarlierFile = { fileId: 'F2', uniqueId: 'U2', kind: 'photo', messageId: 4 };
  const source = { path: '/w/plot.png', size: 9 };
  const replyTo = async (replied: object, more: object = {}, earlierFiles: EarlierFile[] = []) => {
    const marks = { repliesTo: 3, replied: { messageId: 3, ...replied }, ...more };
    const { decision } = await decideText('and this?', { earlierFiles }, marks);
    return { job: enqueued(decision)?.job as MessageJob | undefined, say: decision?.say };
  };

  it('to a file of an album brings all of it, the one that is meant first', async () => {
    const kept = [second, { ...file, messageId: 3 }];
    const { job, say } = await replyTo({ files: [file] }, { repliedAlbum: '77' }, kept);
    expect(job?.replied?.files).toEqual([{ ...file, messageId: 3 }, second]);
    expect(say).toBeUndefined();
  });

  it('to an album of long ago says that only one of it can be had, to Claude and to the person', async () => {
    const { job, say } = await replyTo({ files: [file] }, { repliedAlbum: '77' });
    expect(job?.replied).toMatchObject({ files: [file], missing: expect.stringMatching(/only the file/) });
    expect(say).toMatch(/^⚠️ Claude doesn't get all of what you replied to: .*only the file/);
  });

  it('to what Claude sent says where it had that', async () => {
    const { job } = await replyTo({ files: [file] }, {}, [{ ...file, messageId: 3, source }]);
    expect(job?.replied?.files).toEqual([{ ...file, messageId: 3, source }]);
  });

  it('to a file that is too large to be had again says so, unless Claude may have it', async () => {
    const film = { ...file, name: 'film.mp4', size: 20 * 1024 * 1024 + 1 };
    const { job, say } = await replyTo({ files: [film] });
    expect(job?.replied?.missing).toContain('film.mp4 is larger than 20 MB');
    expect(say).toContain('film.mp4 is larger than 20 MB');
    expect((await replyTo({ files: [film] }, {}, [{ ...film, source }])).say).toBeUndefined();
  });

  it('to what cannot be passed on says so to both', async () => {
    const { job, say } = await replyTo({ missing: "gifts can't be passed on yet" });
    expect(job?.replied).toEqual({ messageId: 3, missing: "gifts can't be passed on yet" });
    expect(say).toBe("⚠️ Claude doesn't get all of what you replied to: gifts can't be passed on yet.");
  });
});

describe('what is no text', () => {
  const unsupported = async (more: object, around: Partial<World> = {}) => {
    const incoming = { kind: 'unsupported' as const, origin, what: 'photos', ...more };
    return (await decideOn(incoming, { ...world, ...around })).decision;
  };

  it('is refused in words', async () => {
    expect(await unsupported({})).toEqual({ say: "I can't take photos yet. Please send text." });
  });

  it('has its caption passed on, with whose it was and what it replies to', async () => {
    const replied = { text: 'earlier' };
    const decision = await unsupported({ caption: 'what is it?', forwardedFrom: 'Bob', replied });
    expect(decision?.say).toBe("I can't take photos yet. Only the text was passed on.");
    expect(enqueued(decision)?.job).toMatchObject({ text: 'what is it?', forwardedFrom: 'Bob', replied });
  });

  it('has its caption kept when there is no session for it', async () => {
    const decision = await unsupported({ caption: 'x' }, { active: undefined });
    expect(decision?.kept?.add).toMatchObject({ text: 'x' });
    expect(decision?.say).toBe("I can't take photos yet. Only the text is kept.");
  });
});

describe('files', () => {
  const file: FileRef = { fileId: 'F', uniqueId: 'U', kind: 'document', name: 'a.pdf', size: 5 };
  const tooLarge: FileRef = { ...file, name: 'film.mp4', size: 20 * 1024 * 1024 + 1 };
  const decideFiles = async (text: string, files: readonly FileRef[], more: object = {}) =>
    (await decideText(text, undefined, { files, ...more })).decision;

  it('go to the session with their caption, in an entry that an older build lets wait', async () => {
    const decision = await decideFiles('/help what is it?', [file], { album: '77', replied: { text: 'earlier' } });
    expect(enqueued(decision)).toMatchObject({
      queue: 'session-web of session.nas',
      job: { version: 1, text: '/help what is it?', files: [file], album: '77', replied: { text: 'earlier' } },
    });
    expect(decision).not.toHaveProperty('say');
    expect(enqueued(await decideFiles('', [file]))).toMatchObject({ job: { text: '', files: [file] } });
  });

  it('that are too large are said at once; Claude hears of them with the rest, if there is any', async () => {
    const decision = await decideFiles('look', [tooLarge]);
    expect(decision?.say).toMatch(
      /^⚠️ film\.mp4 is too large: 20\.0 MB\.\n.*up to 20 MB.*\nThe rest of the message was passed on\.$/,
    );
    expect(enqueued(decision)).toMatchObject({ job: { text: 'look', files: [tooLarge] } });
    const alone = await decideFiles('', [{ ...tooLarge, name: undefined } as unknown as FileRef]);
    expect(alone).toEqual({ say: expect.stringMatching(/^⚠️ This document is too large/) });
  });

  it('without a session to go to are kept', async () => {
    const { decision } = await decideText('', { active: undefined }, { files: [tooLarge, file] });
    expect(decision?.kept?.add?.files).toEqual([tooLarge, file]);
    expect(decision?.say).toMatch(/\nThe rest of the message is kept\.$/);
  });
});

it('what a decision holds can be kept as JSON and read back', async () => {
  for (const text of ['/new a', '/session web', '/sessions', 'hello', '/help']) {
    const { decision } = await decideText(text);
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  }
});

describe('/incident', () => {
  it('opens a session that looks into what was found, with the evidence as its first message', async () => {
    const research = [...personas, { name: 'research', description: 'Looks' }];
    const { decision, claimed } = await decideText('/incident kuma-1', { personas: research });
    expect(claimed).toMatchObject({ name: 'incident-kuma-1', persona: 'research' });
    expect(decision?.claim?.otherwise).toMatchObject({ activate: 'incident-kuma-1' });
    expect(enqueued(decision)?.job).toMatchObject({ kind: 'new', session: 'incident-kuma-1' });
    expect(decision?.afterwards?.[0]?.job).toMatchObject({
      kind: 'message',
      session: 'incident-kuma-1',
      text: 'nas is down',
    });
  });

  it('has the name of a plugin, which may have a “_” in it', async () => {
    const evidence = { 'my_nas-1f0c9a': 'a disk is full' };
    const { decision } = await decideText('/incident my_nas-1f0c9a', { evidence });
    expect(enqueued(decision)?.queue).toBe('session-incident-my_nas-1f0c9a of session.default');
  });

  it('of what is no longer kept, or could be no name, says so', async () => {
    for (const text of ['/incident kuma-2', '/incident ../x']) {
      expect((await decideText(text)).decision).toEqual({ say: expect.stringMatching(/too long ago/) });
    }
  });

  it('is in no list', () => {
    expect(commands.map(({ name }) => name)).not.toContain('incident');
  });
});
