import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppProcess } from '../../support/app-process.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { press } from '../../support/press.ts';
import { useWorld } from '../../support/use-world.ts';

let onNas: AppProcess;
const world = useWorld({}, async () => {
  onNas = await startNas();
});

/** A worker of another machine: another pool, another directory. */
async function startNas(): Promise<AppProcess> {
  const worker = world.start('worker', { POOL: 'nas', SESSIONS_DIR: directory('nas-sessions') });
  await worker.waitForOutput(/Serving pool nas/);
  return worker;
}

const directory = (name: string) => join(world.dir, name);
const sessionsIn = async (name: string) => (await readdir(directory(name))).sort();

describe('two pools on one Redis', () => {
  it('serve each session in its own pool alone, and the list says where it is', async () => {
    await world.newSession('web');
    await world.ask('[[say from here]]', 'from here');
    await world.ask('/new nas-fix default @nas', "Session 'nas-fix' created with persona 'default'.");
    await world.ask('I am blue [[say from nas]]', 'from nas');
    await world.ask('/new nas-log @nas', "Session 'nas-log' created.");
    expect(await sessionsIn('sessions')).toEqual(['web']);
    expect(await sessionsIn('nas-sessions')).toEqual(['nas-fix', 'nas-log']);
    await world.ask('/session web', "Switched to session 'web'.");
    await world.ask('[[say here again]]', 'here again');
    await world.ask('/sessions', /nas-fix\n.*@nas/);
  });

  it('let the messages of one without workers wait, say so, and handle them when a worker comes', async () => {
    await onNas.stop();
    await world.ask('/session nas-fix', "Switched to session 'nas-fix'.");
    world.say('[[recall]]');
    await world.shows('No worker is running in pool nas; your message waits.');
    await world.ask('/new nas-new @nas', 'No worker is running in pool nas; your message waits.');
    await world.newSession('web2');
    expect(await sessionsIn('sessions')).toEqual(['web', 'web2']);
    onNas = await startNas();
    await world.shows(/I am blue/);
    await world.shows("Session 'nas-new' created.");
    expect(await sessionsIn('nas-sessions')).toEqual(['nas-fix', 'nas-log', 'nas-new']);
  });

  it('of which one finds a session of the other on its disk: it says so and leaves it', async () => {
    const stray = world.start('worker', { POOL: 'attic', SESSIONS_DIR: directory('sessions') });
    await stray.waitForOutput(/session 'web' is left alone: .* pool default, .* pool attic\. .*POOL or SESSIONS_DIR/);
    await world.ask('/session web', "Switched to session 'web'.");
    await world.ask('[[say still here]]', 'still here');
    await stray.stop();
  });

  it('say so of a message whose only worker was killed with it, and go on with it when one comes', async () => {
    const env = { POOL: 'cellar', SESSIONS_DIR: directory('cellar-sessions') };
    const worker = world.start('worker', env);
    await worker.waitForOutput(/Serving pool cellar/);
    await world.ask('/new wine @cellar', "Session 'wine' created.");
    const request = world.modelIsAsked();
    world.say('[[wait 2000]][[say at last]]');
    await request;
    worker.kill('SIGKILL');
    // A worker counts as running for a while after it was last heard of.
    const toldOf = () =>
      world.texts().find((text) => text === 'No worker is running in pool cellar; your message waits.');
    await world.telegram.waitFor(toldOf, {
      timeoutMs: PATIENCE_MS,
      describe: 'the bot to say that no worker is running',
    });
    await world.start('worker', env).waitForOutput(/Serving pool cellar/);
    await world.shows('at last');
  }, 90_000);

  it('ask before a session is made in a pool that nobody has heard of; it can be put away and deleted without a worker', async () => {
    const asked = await world.ask('/new up any-persona @roof', /^No worker has ever run in pool roof.*: .*default/);
    press(world, asked, 'Make it all the same');
    await world.shows('No worker is running in pool roof; your message waits.');
    await world.ask('/queue', /1\. ⚙️ Make the session/);
    await world.ask('/sessions', /up ◀ here\nany-persona .* 1 in the queue · @roof · no worker/);
    await world.ask('/archive', /^Session 'up' is put away\. No worker runs in pool roof/);
    press(world, await world.ask('/delete up', /^Delete session 'up'\? No worker runs in pool roof/), 'Delete');
    await world.shows("Session 'up' is deleted.");
    await world.newSession('up');
    await world.ask('[[say here now]]', 'here now');
  });
});
