import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionJob } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testHeld, testHost, testSetup } from '../../testing/session-setup.ts';
import { held, origin, repliesTo, taken, useTestDisk, useTestQueues } from '../../testing/world.ts';
import type { SessionHost } from './session-host.ts';
import { tellOfSessionBug } from './tell-of-session-bug.ts';

const queues = await useTestQueues();
const disk = useTestDisk('default');
let lease: Lease;
let host: SessionHost;
beforeEach(async () => {
  lease = await held(queues, 'session-web');
  host = testHost('web', lease, testSetup(disk, queues));
});
afterEach(async () => {
  await host.leave('idle');
  await lease.release();
});

const head = { version: 1, session: 'web', origin } as const;
const jobs = {
  new: { ...head, kind: 'new', persona: 'default', personaNamed: false },
  warm: { ...head, kind: 'warm' },
  message: { ...head, kind: 'message', text: 'hello' },
} satisfies Record<string, SessionJob>;
const claim = (claimedBy: string) =>
  queues.routing.claim({ name: 'web', pool: 'default', persona: 'default', claimedBy, createdAt: 1 });
const run = (id: string, job: SessionJob) => host.run(taken(id, job), job, new AbortController().signal);
const texts = async () => (await repliesTo(queues, 7)).map(({ text }) => text).filter((text) => text !== '💔');

describe('a new session', () => {
  it('is made and said, once, although its Claude cannot be started yet', async () => {
    await claim('u-1-1');
    await run('u-1-1', jobs.new);
    await run('u-1-1', jobs.new);
    expect(await texts()).toEqual(["Session 'web' created."]);
    expect(await queues.routing.sessions()).toMatchObject([{ activity: { status: 'idle' } }]);
  });

  it('that cannot be made gives its name back and says why', async () => {
    await claim('u-1-1');
    await run('u-1-1', { ...jobs.new, persona: 'nobody' });
    expect(await texts()).toEqual(["There is no persona 'nobody'. These are there: default."]);
    expect(await queues.routing.session('web')).toBeUndefined();
  });

  it('that cannot be made leaves the name with whoever took it meanwhile', async () => {
    await claim('u-1-2');
    await run('u-1-1', { ...jobs.new, persona: 'nobody' });
    expect(await queues.routing.session('web')).toMatchObject({ claimedBy: 'u-1-2' });
  });

  it('that brought three workers down gives its name back and says so; one that is there stays', async () => {
    await claim('u-1-1');
    const killer = { ...taken('u-1-1', jobs.new), startedBefore: true, takeOvers: 3 };
    const tryAgain = () => host.run(killer, jobs.new, new AbortController().signal);
    await expect(tryAgain()).rejects.toThrow(/Given up after 3/);
    expect(await texts()).toEqual([expect.stringMatching(/^⚠️ This command was tried 3 times/)]);
    expect(await queues.routing.session('web')).toBeUndefined();
    await claim('u-1-1');
    await run('u-1-1', jobs.new);
    await expect(tryAgain()).rejects.toThrow(/Given up after 3/);
    expect(await queues.routing.session('web')).toMatchObject({ claimedBy: 'u-1-1' });
  });

  it('where a file stands is not made, says so, and the file stays', async () => {
    await claim('u-1-1');
    await writeFile(join(disk.dir, 'sessions', 'web'), 'mine');
    await run('u-1-1', jobs.new);
    expect(await texts()).toEqual([expect.stringMatching(/could not be created: ENOTDIR/)]);
    expect(await queues.routing.session('web')).toBeUndefined();
    expect(await readdir(join(disk.dir, 'sessions'))).toEqual(['web']);
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await claim('u-1-1');
    await run('u-1-1', jobs.new);
    await queues.bull.queue('reply-7').drain();
  });

  it('whose directory is gone says so and gives its name back', async () => {
    await rm(disk.store.paths('web').dir, { recursive: true });
    await run('u-1-2', jobs.message);
    expect(await texts()).toEqual(["Session 'web' doesn't exist. Use /new web to create it."]);
    expect(await queues.routing.session('web')).toBeUndefined();
  });

  it('warmed up with damage on its disk reports it: no later message would', async () => {
    await writeFile(disk.store.paths('web').metadata, '{"torn');
    await run('u-1-2', jobs.warm);
    expect(await texts()).toEqual([expect.stringMatching(/metadata of session 'web' could not be read.*set aside/)]);
  });

  it('whose Claude cannot be started says what to do, once, and fails the message', async () => {
    for (let i = 0; i < 2; i += 1) await expect(run('u-1-2', jobs.message)).rejects.toThrow('missing-binary');
    expect(await texts()).toEqual([expect.stringMatching(/^⚠️ Claude Code is not installed where the worker looks/)]);
  });

  it('whose message brought three workers down sets it aside', async () => {
    const job = { ...taken('u-1-2', jobs.message), startedBefore: true, takeOvers: 3 };
    await expect(host.run(job, jobs.message, new AbortController().signal)).rejects.toThrow(/Given up after 3/);
    expect(await texts()).toEqual([expect.stringMatching(/was tried 3 times/)]);
  });

  it('that meets an unforeseen error says so in the chat, without the error', async () => {
    await rm(join(disk.dir, 'default.json'));
    await writeFile(disk.store.paths('web').persona, 'torn');
    const setup = testSetup(disk, queues);
    const error = await run('u-1-2', jobs.message).catch((err: unknown) => err);
    expect(error).toMatchObject({ message: expect.stringMatching(/Neither persona/) });
    await tellOfSessionBug(taken('u-1-2', jobs.message), error, testHeld('web', lease, setup), setup.store.root);
    expect(await texts()).toEqual([expect.stringMatching(/^⚠️ Something unforeseen went wrong/)]);
  });
});
