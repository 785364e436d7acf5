import { describe, expect, it } from 'vitest';
import { decideText, enqueued, origin, type World } from '../../testing/deciding.ts';

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
