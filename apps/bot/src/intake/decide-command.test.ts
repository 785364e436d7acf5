import { describe, expect, it } from 'vitest';
import { decideText, enqueued, kuma, origin, personas, web } from '../../testing/deciding.ts';
import { commands } from '../commands/registry.ts';

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
