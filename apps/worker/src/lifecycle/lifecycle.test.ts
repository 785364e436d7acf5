import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageUuid, type SessionJob } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Mortal, mortal } from '../../testing/mortal.ts';
import { testHost, testSetup } from '../../testing/session-setup.ts';
import { held, origin, repliesTo, taken, useTestDisk, useTestQueues } from '../../testing/world.ts';
import type { SessionHost } from '../session/session-host.ts';

const queues = await useTestQueues();
const disk = useTestDisk('default');
let lease: Lease;
beforeEach(setUp);
afterEach(tearDown);

async function setUp() {
  lease = await held(queues, 'session-web');
  await claim('web', 'u-1-1');
  await run('u-1-1', { ...head, kind: 'new', persona: 'default', personaNamed: false });
  await queues.routing.activate(origin.place, 'web');
  await queues.bull.queue('reply-7').drain();
}

async function tearDown() {
  await lease.release();
}

const head = { version: 1, session: 'web', origin } as const;
const claim = (name: string, claimedBy: string, more = {}) =>
  queues.routing.claim({ name, pool: 'default', persona: 'default', claimedBy, createdAt: 1, ...more });
const texts = async () => (await repliesTo(queues, 7)).map(({ text }) => text);
const sessions = async () => (await queues.routing.sessions()).map(({ card }) => card.name).sort();

function host(life?: Mortal): SessionHost {
  const part = <T extends object>(each: T): T => life?.part(each) ?? each;
  const { addJob } = part({ addJob: queues.addJob });
  const mortalQueues = { ...queues, addJob, routing: part(queues.routing) };
  return testHost('web', lease, testSetup(disk, mortalQueues, { store: part(disk.store) }));
}

async function run(id: string, job: SessionJob, { life, again = false }: { life?: Mortal; again?: boolean } = {}) {
  const of = host(life);
  const work = of.run({ ...taken(id, job), startedBefore: again }, job, new AbortController().signal);
  if (!life) {
    await work.finally(() => of.leave('idle'));
    return 'done';
  }
  return Promise.race([work.then(() => 'done'), life.died]);
}

/** Has a worker die at each step of a job in turn, and another do the job again; then `check` must hold. */
async function diesAtEachStep(
  id: string,
  job: SessionJob,
  prepare: () => Promise<unknown>,
  check: () => Promise<void>,
) {
  let steps = 0;
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; ; at += 1) {
      await tearDown();
      await queues.redis.flushall();
      await disk.renew();
      await setUp();
      await prepare();
      const outcome = await run(id, job, { life: mortal(at, when) });
      if (outcome === 'died') await run(id, job, { again: true });
      await check();
      if (outcome === 'done') break;
      steps += 1;
    }
  }
  return steps;
}

describe('a worker that dies', () => {
  it('at any step of a rename has done no harm: the next one completes it, and says so once', async () => {
    const rename = { ...head, kind: 'rename', to: 'site' } as const;
    const prepare = () => claim('site', 'u-1-2', { awaits: 'web' });
    const steps = await diesAtEachStep('u-1-2', rename, prepare, async () => {
      expect(await texts()).toEqual(["Session 'web' is called 'site' now."]);
      expect(await disk.store.names()).toEqual(['site']);
      expect(await sessions()).toEqual(['site']);
      expect(await queues.routing.session('site')).not.toHaveProperty('awaits');
      expect(await queues.routing.activeSession(origin.place)).toBe('site');
      expect(await queues.routing.renamed('web')).toBe('site');
    });
    expect(steps).toBeGreaterThan(20);
  });

  it('at any step of a deletion has done no harm: the next one completes it, and says so once', async () => {
    const remove = { ...head, kind: 'delete', claimedBy: 'u-1-1' } as const;
    const steps = await diesAtEachStep(
      'u-1-2',
      remove,
      async () => undefined,
      async () => {
        expect(await texts()).toEqual(["Session 'web' is deleted."]);
        expect(await readdir(disk.store.root)).toEqual([]);
        expect(await sessions()).toEqual([]);
        expect(await queues.routing.activeSession(origin.place)).toBeUndefined();
      },
    );
    expect(steps).toBeGreaterThan(10);
  });

  it('at any step of a fork has done no harm: the next one completes it, and says so once', async () => {
    const fork = { ...head, kind: 'fork', to: 'copy' } as const;
    const prepare = async () => {
      await claim('copy', 'u-1-2', { awaits: 'web' });
      await writeFile(join(disk.store.paths('web').workspace, 'file'), 'mine');
    };
    await diesAtEachStep('u-1-2', fork, prepare, async () => {
      expect(await texts()).toEqual([expect.stringMatching(/^Session 'copy' goes on from a copy of 'web'\./)]);
      expect((await disk.store.names()).sort()).toEqual(['copy', 'web']);
      expect(await readdir(disk.store.paths('copy').workspace)).toEqual(['file']);
      expect(await queues.routing.session('copy')).not.toHaveProperty('awaits');
    });
  });

  it('at any step of putting a session away has done no harm', async () => {
    await diesAtEachStep(
      'u-1-2',
      { ...head, kind: 'archive' },
      async () => undefined,
      async () => {
        expect(await texts()).toEqual([expect.stringMatching(/is archived\. Use \/restore web/)]);
        expect(await queues.routing.session('web')).toMatchObject({ archived: true });
        expect(await disk.store.peekMetadata('web')).toMatchObject({ archived: true });
        expect(await queues.routing.activeSession(origin.place)).toBeUndefined();
      },
    );
  });
});

const ROWS = [
  { type: 'user', uuid: 'aaaaaaaa-1111', parentUuid: null, message: { content: 'one' } },
  { type: 'assistant', uuid: 'a1', parentUuid: 'aaaaaaaa-1111', message: { content: [{ type: 'text', text: 'A' }] } },
  { type: 'user', uuid: 'bbbbbbbb-2222', parentUuid: 'a1', message: { content: 'two' } },
  { type: 'assistant', uuid: 'e2', parentUuid: 'bbbbbbbb-2222', isApiErrorMessage: true, message: { content: 'No' } },
];

/** Gives the session a conversation of two turns, of which the API refused the second. */
async function converse(): Promise<string> {
  const { claudeSessionId = '' } = (await disk.store.peekMetadata('web')) ?? {};
  const projects = join(disk.dir, '.claude/projects/-web');
  await mkdir(projects, { recursive: true });
  const rows = ROWS.map((row) => JSON.stringify({ ...row, sessionId: claudeSessionId }));
  await writeFile(join(projects, `${claudeSessionId}.jsonl`), `${rows.join('\n')}\n`);
  return claudeSessionId;
}

describe('going back in a conversation', () => {
  const rewind = (backTo: string) => ({ ...head, kind: 'rewind', backTo }) as const;
  const metadata = () => disk.store.peekMetadata('web');

  it('is completed by the next worker when one dies at any step, and said once; what was left is kept', async () => {
    let before = '';
    const prepare = async () => {
      before = await converse();
    };
    await diesAtEachStep('u-1-2', rewind('bbbbbbbb'), prepare, async () => {
      expect(await texts()).toEqual([
        'The conversation is back to before “two”: Claude knows 1 turn. Files are as they were.',
      ]);
      expect(await metadata()).toMatchObject({
        claudeSessionId: messageUuid('u-1-2'),
        lastRow: 'a1',
        earlier: [{ claudeSessionId: before }],
      });
    });
  });

  it('to the last good turn keeps that; once more without an answer since, it keeps one less', async () => {
    const before = await converse();
    await run('u-1-2', rewind('good'));
    await run('u-1-3', rewind('good'));
    expect(await texts()).toEqual([
      expect.stringContaining('back to before “two”: Claude knows 1 turn'),
      expect.stringContaining('back to before “one”: Claude knows nothing'),
    ]);
    await run('u-1-4', rewind(before));
    expect((await texts()).at(-1)).toMatch(/^The old conversation is back: Claude knows 2 turns/);
    expect(await metadata()).toMatchObject({ claudeSessionId: before });
  });

  it.each([
    ['the first one', ['aaaaaaaa-1111', 'bbbbbbbb-2222'], /back to before “one”: Claude knows nothing/],
    ['the first one that is there', ['cccccccc-3333', 'bbbbbbbb-2222'], /back to before “two”: Claude knows 1 turn/],
  ])('to before a message that was tried again goes to before %s', async (_, tries, told) => {
    await converse();
    await run('u-1-2', { ...rewind('bbbbbbbb-2222'), tries });
    expect(await texts()).toEqual([expect.stringMatching(told)]);
  });

  describe('whose file was deleted', () => {
    const projects = () => join(disk.dir, '.claude/projects');
    /** Leaves only the copy of the conversation. */
    async function loseFile(id: string) {
      const { history } = disk.store.paths('web');
      await mkdir(history, { recursive: true });
      await rename(join(projects(), `-web/${id}.jsonl`), join(history, `${id}.jsonl`));
      await rm(projects(), { recursive: true });
    }
    async function noteTurns() {
      const id = await converse();
      const noted = await metadata();
      if (noted) await disk.store.writeMetadata({ ...noted, lastRow: 'e2' });
      return id;
    }

    it('gives it back from its copy first, which is said', async () => {
      await loseFile(await noteTurns());
      await run('u-1-2', rewind('bbbbbbbb'));
      expect(await texts()).toEqual([
        expect.stringMatching(/was put back from the copy/),
        expect.stringMatching(/back to before “two”: Claude knows 1 turn/),
      ]);
    });

    it('and its copy too, says that it is gone, and changes nothing', async () => {
      const id = await noteTurns();
      await rm(projects(), { recursive: true });
      await run('u-1-2', rewind('bbbbbbbb'));
      expect(await texts()).toEqual([expect.stringMatching(/history is gone: .*Claude would not remember what/)]);
      expect(await metadata()).toMatchObject({ claudeSessionId: id, lastRow: 'e2' });
    });

    it('after it was left, brings it back from its copy, or says that it is gone', async () => {
      const id = await noteTurns();
      await run('u-1-2', { ...head, kind: 'clear' });
      await loseFile(id);
      await run('u-1-3', rewind(id));
      expect((await texts()).at(-1)).toMatch(/^The old conversation is back: Claude knows 2 turns/);
      await run('u-1-4', { ...head, kind: 'clear' });
      await rm(projects(), { recursive: true });
      await rm(disk.store.paths('web').history, { recursive: true });
      await run('u-1-5', rewind(id));
      expect((await texts()).at(-1)).toMatch(/history is gone/);
      expect(await metadata()).toMatchObject({ claudeSessionId: messageUuid('u-1-4') });
    });
  });

  it('to what is not in the conversation changes nothing, and says so', async () => {
    const before = await converse();
    await run('u-1-2', rewind('cccccccc'));
    expect(await texts()).toEqual([expect.stringMatching(/^That is not in this conversation/)]);
    expect(await metadata()).toMatchObject({ claudeSessionId: before });
  });
});

describe('a job for a session', () => {
  it('that brought three workers down gives the name back that it was to give', async () => {
    await claim('copy', 'u-1-2', { awaits: 'web' });
    await queues.routing.activate(origin.place, 'copy');
    const fork = { ...head, kind: 'fork', to: 'copy' } as const;
    const killer = { ...taken('u-1-2', fork), startedBefore: true, takeOvers: 3 };
    await expect(host().run(killer, fork, new AbortController().signal)).rejects.toThrow(/Given up after 3/);
    expect(await texts()).toEqual([expect.stringMatching(/^⚠️ This command was tried 3 times/)]);
    expect(await sessions()).toEqual(['web']);
    expect(await queues.routing.activeSession(origin.place)).toBe('web');
  });

  it('that has another name now is passed on to its queue, with the same id', async () => {
    await claim('site', 'u-1-2', { awaits: 'web' });
    await run('u-1-2', { ...head, kind: 'rename', to: 'site' });
    await run('u-1-3', { ...head, kind: 'message', text: 'hello' });
    const [job] = await queues.bull.queue('session-site').getWaiting();
    expect(job).toMatchObject({ id: 'u-1-3', data: { session: 'site', text: 'hello' } });
  });

  it('that is still to be made waits; one whose making failed says that there is none', async () => {
    await disk.store.remove('web');
    await queues.routing.changeCard('web', { awaits: 'other' });
    const message = { ...head, kind: 'message', text: 'hello' } as const;
    await expect(run('u-1-3', message)).rejects.toThrow(/still to be made/);
    await queues.routing.changeCard('web', { awaits: undefined });
    await run('u-1-3', message);
    expect(await texts()).toEqual(["Session 'web' doesn't exist. Use /new web to create it."]);
  });

  it('that is put away fails with a button to try again, and is kept', async () => {
    await run('u-1-2', { ...head, kind: 'archive' });
    await expect(run('u-1-3', { ...head, kind: 'message', text: 'hello' })).rejects.toThrow('archived');
    const replies = await queues.bull.queue('reply-7').getWaiting();
    const question = replies.map(({ data }) => data).find(({ kind }) => kind === 'question');
    expect(question).toMatchObject({ about: { jobId: 'u-1-3' }, rows: [[{ act: { do: 'answer', value: 'retry' } }]] });
  });
});

describe('a command that a person took out of the queue', () => {
  const stop = (jobId: string) =>
    queues.signals.stop({ name: 'session-web', group: 'session.default' }, { id: 's', jobId, by: 'Ann' });

  it.each(['rename', 'fork'] as const)(
    'is not done: a /%s gives the new name back, and the place its session',
    async (kind) => {
      await claim('site', 'u-1-2', { awaits: 'web' });
      await queues.routing.activate(origin.place, 'site');
      await stop('u-1-2');
      await run('u-1-2', { ...head, kind, to: 'site' });
      expect([await texts(), await sessions(), await disk.store.names()]).toEqual([[], ['web'], ['web']]);
      expect(await queues.routing.activeSession(origin.place)).toBe('web');
    },
  );

  it('but had begun is completed', async () => {
    await stop('u-1-2');
    await run('u-1-2', { ...head, kind: 'archive' }, { again: true });
    expect(await queues.routing.session('web')).toMatchObject({ archived: true });
  });

  it('is not passed on to another name', async () => {
    await claim('site', 'u-1-2', { awaits: 'web' });
    await run('u-1-2', { ...head, kind: 'rename', to: 'site' });
    await stop('u-1-3');
    await run('u-1-3', { ...head, kind: 'message', text: 'hello' });
    expect(await queues.bull.queue('session-site').getWaiting()).toEqual([]);
  });
});

describe('a name', () => {
  it('under which a directory lies that nobody registered is not given, and who was sent there is back', async () => {
    const persona = await disk.library.read('default');
    if (!persona) throw new Error('no persona');
    const made = { name: 'site', persona, claudeSessionId: '3b241101-e2bb-4255-8caf-4136c566a962', createdBy: 'x' };
    await disk.store.create({ ...made, lastPlace: null });
    await claim('site', 'u-1-2', { awaits: 'web' });
    await queues.routing.activate(origin.place, 'site');
    await run('u-1-2', { ...head, kind: 'rename', to: 'site' });
    expect(await texts()).toEqual(["⚠️ Session 'web' keeps its name: 'site' is there already."]);
    expect(await queues.routing.activeSession(origin.place)).toBe('web');
    expect((await disk.store.names()).sort()).toEqual(['site', 'web']);
  });
});
