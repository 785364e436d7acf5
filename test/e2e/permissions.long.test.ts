import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShownMessage } from '@signalbox/simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bash, use } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { openWorld, useWorld } from '../support/use-world.ts';
import type { World, WorldOptions } from '../support/world.ts';

const shared = useWorld({
  env: { REACTIONS: 'all', GRACE_SECONDS: '1' },
  personas: { planner: { permission_mode: 'plan' } },
});
let world: World;
/** The session of the test. */
let session: string;

/** Makes a session in the world that the tests share, or in one with these options. */
async function begin(options?: WorldOptions, persona?: string): Promise<void> {
  world = options ? await openWorld(options) : shared;
  session = await world.newSession(undefined, persona);
}
const run = (command: string) => `${bash(command)}[[results]]`;
const made = (file: string) => existsSync(world.workspace(session, file));
const labels = (shown: ShownMessage) => shown.buttons.flat().map(({ text }) => text);

describe('a question that is open when everything is killed', () => {
  it('is shown as the same message, and its answer counts once', async () => {
    await begin({});
    const asked = await world.ask(run('echo ran >> made; cat made'), /Claude wants to run/);
    // What is shown behind it shows that the bot has noted it.
    await world.ask('/queue', /Nothing waits|▶️/);
    for (const app of world.apps) app.kill('SIGKILL');
    await Promise.all(world.apps.map(({ ended }) => ended));
    await world.startAll(['bot', 'worker']);
    await world.shows(/Continuing/);
    press(world, asked, '✅ Allow');
    await world.shows('ran');
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
  });
});

describe('a command that needs permission', () => {
  it('with REACTIONS=all shows 🤔 while Claude is at it, and 👌 when it is done', async () => {
    await begin();
    const { message } = world.say(run('touch made'));
    const asked = await world.shows(/Claude wants to run/);
    await expect.poll(() => world.reaction(message)).toBe('🤔');
    press(world, asked, '✅ Allow');
    await expect.poll(() => world.reaction(message)).toBe('👌');
  });

  it('is not run when it is denied, and Claude is told so', async () => {
    await begin();
    press(world, await world.ask(run('touch made'), /Claude wants to run/), '❌ Deny');
    await world.shows(/does not want this to be done/);
    expect(made('made')).toBe(false);
  });

  it('can be denied with a reason, which is the next text and goes to Claude alone', async () => {
    await begin();
    const asked = await world.ask(run('touch made'), /Claude wants to run/);
    press(world, asked, '✍️ Deny and say why');
    await expect.poll(() => world.now(asked)?.text).toMatch(/write it as your next message/);
    // That can be taken back, and done after all.
    press(world, world.now(asked) as ShownMessage, '↩ Back to the buttons');
    await expect.poll(() => world.now(asked)?.text).toBe(asked.text);
    press(world, world.now(asked) as ShownMessage, '✍️ Deny and say why');
    await expect.poll(() => world.now(asked)?.text).toMatch(/write it as your next message/);
    await world.ask('use a branch', /does not want this to be done, and says: use a branch/);
    expect(world.simulator.anthropic.turns()).toHaveLength(1);
    expect(world.now(asked)?.text).toMatch(/→ use a branch \(Ann\)$/);
    await world.ask('[[say next]]', 'next');
  });

  it('is not asked for again when it was allowed for the session', async () => {
    await begin();
    const asked = await world.ask(run('touch made'), /Claude wants to run/);
    const always = labels(asked).find((label) => label.startsWith('♾ Always here: Bash(touch')) ?? '';
    press(world, asked, always);
    await world.shows(/completed with no output/);
    const done = () => world.texts().filter((text) => /completed with no output/.test(text));
    world.say(run('touch made'));
    await expect.poll(done).toHaveLength(2);
    // Nor after a restart.
    await world.replace('worker', 'SIGTERM');
    world.say(run('touch made'));
    await expect.poll(done).toHaveLength(3);
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
    // Until that is taken back.
    const mode = await world.ask('/mode', /Always allowed here.*\n1\. Bash\(touch/);
    press(world, mode, labels(mode).find((label) => label.startsWith('✖ 1. Bash(touch')) ?? '');
    await world.shows(/^✖ No longer allowed unasked/);
    press(world, await world.ask(run('touch made'), /Claude wants to run/), '✅ Allow');
    await expect.poll(done).toHaveLength(4);
  });

  it('that is very long is shown in part, with the whole as a file', async () => {
    await begin();
    const content = Array.from({ length: 350 }, (_, index) => `line ${index}`).join('\n');
    const asked = await world.ask(`${use('Write', { file_path: 'long.txt', content })}[[results]]`, /wants to write/);
    expect(asked.text).toMatch(/only the beginning/);
    const file = world.shown().find(({ file: shown }) => shown)?.file;
    expect(Buffer.from(world.telegram.fileData(file?.fileId ?? '') ?? []).toString()).toBe(content);
    press(world, asked, '✅ Allow');
    await world.shows(/created successfully/);
  });

  it('nobody answers is denied when the time is over, and its buttons go', async () => {
    await begin({ env: { ANSWER_MINUTES: '0.02' } });
    const asked = await world.ask(run('touch made'), /Claude wants to run/);
    await world.shows(/did not answer in time/);
    expect(world.now(asked)).toMatchObject({ text: expect.stringMatching(/Nobody answered in time/), buttons: [] });
    expect(made('made')).toBe(false);
  });

  it('is not asked any more when the turn is stopped', async () => {
    await begin();
    const asked = await world.ask(run('touch made'), /Claude wants to run/);
    await world.ask('/stop', '⏹ Stopped.');
    await expect.poll(() => world.now(asked)?.buttons).toEqual([]);
    expect(made('made')).toBe(false);
  });
});

describe('the permission mode', () => {
  it('is chosen for a session by a button or by name, and counts from the next message', async () => {
    await begin();
    const shown = await world.ask('/mode', /^Permissions: default \(the configuration’s\)/);
    expect(labels(shown)).toEqual(['plan', 'default', 'acceptEdits', '✓ persona']);
    press(world, shown, 'acceptEdits');
    await world.shows(/^Permissions: acceptEdits/);
    const write = `${use('Write', { file_path: 'made', content: 'x' })}[[results]]`;
    await world.ask(write, /created successfully/);
    expect(made('made')).toBe(true);
  });

  it('that asks nobody is for the operator to allow, and is never named without a warning', async () => {
    await begin({});
    await world.ask('/mode bypassPermissions', /^⚠️ bypassPermissions is not allowed here/);
    await world.ask('/mode', /^Permissions: default/);
    await world.worker?.stop();
    await world.startAll(['worker'], { PERMISSION_MODE: 'bypassPermissions', IS_SANDBOX: '1' });
    const shown = await world.ask('/mode', /^Permissions: ⚠️ bypassPermissions: .*nobody is asked/);
    expect(labels(shown)).toContain('⚠️ bypassPermissions');
    await world.ask('/session', /Permissions: ⚠️ bypassPermissions/);
    await world.ask(run('touch made; echo done'), 'done');
  });
});

describe('a question that is open when everything is killed', () => {
  it('goes to the next worker when its own is told to stop, and the same buttons answer it', async () => {
    await begin();
    const asked = await world.ask(run('echo ran >> made; cat made'), /Claude wants to run/);
    await world.worker?.stop();
    expect(world.now(asked)?.buttons.length).toBeGreaterThan(0);
    await world.startAll(['worker']);
    await world.shows(/Continuing/);
    press(world, asked, '✅ Allow');
    await world.shows('ran');
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
  });

  it('is the same one when its Claude alone is killed, and keeps its answer', async () => {
    await begin();
    const asked = await world.ask(run('echo ran >> made; cat made'), /Claude wants to run/);
    process.kill(Number((await world.metadata(session)).pid), 'SIGKILL');
    await world.shows(/Continuing/);
    press(world, asked, '✅ Allow');
    await world.shows('ran');
    // What is shown behind it shows that nothing more is done to it.
    await world.ask('[[say next]]', 'next');
    expect(world.now(asked)?.text).toMatch(/→ ✅ Allow \(Ann\)$/);
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
  });

  it('is asked for again also where Claude outlives its worker, and has denied it by itself', async () => {
    // Without setpriv the kernel does not end Claude together with its worker.
    const programs = await mkdtemp(join(tmpdir(), 'signalbox-programs-'));
    onTestFinished(() => rm(programs, { recursive: true }));
    for (const name of await readdir('/usr/bin'))
      if (name !== 'setpriv') await symlink(join('/usr/bin', name), join(programs, name));
    await begin({ env: { PATH: `${programs}:/bin/nowhere` } });
    const asked = await world.ask(run('echo ran >> made; cat made'), /Claude wants to run/);
    await world.end('worker');
    // The model was told of the denial and has answered to it.
    await expect.poll(() => world.simulator.anthropic.requests.length).toBe(2);
    await expect.poll(() => world.claudes()).toEqual([]);
    await world.startAll(['worker']);
    await world.shows(/Continuing/);
    press(world, asked, '✅ Allow');
    await world.shows('ran');
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
  });

  it('can be answered while no worker runs', async () => {
    await begin();
    const asked = await world.ask(run('echo ran >> made; cat made'), /Claude wants to run/);
    await world.end('worker');
    press(world, asked, '✅ Allow');
    await expect.poll(() => world.now(asked)?.buttons).toEqual([]);
    await world.startAll(['worker']);
    await world.shows('ran');
    expect(world.texts().filter((text) => /Claude wants/.test(text))).toHaveLength(1);
  });
});

describe('a question whose worker is killed, and which is not asked again', () => {
  const options = ['Red', 'Blue'].map((label) => ({ label, description: 'a colour' }));
  const question = { questions: [{ question: 'Which colour?', header: 'Colour', options, multiSelect: false }] };

  it('takes no text for its answer: the next message goes to Claude', async () => {
    await begin();
    const asked = await world.ask(`${use('AskUserQuestion', question)}[[results]]`, /Which colour/);
    await world.end('worker');
    world.say('/stop');
    await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
    await world.startAll(['worker']);
    await world.shows('⏹ Stopped.');
    await expect
      .poll(() => world.now(asked))
      .toMatchObject({ text: expect.stringMatching(/No answer is needed/), buttons: [] });
    await world.ask('[[say to Claude]]', 'to Claude');
  });
});

describe('what Claude wants to know', () => {
  const question = (multiSelect: boolean) => ({
    question: 'Which colours?',
    header: 'Colours',
    options: [
      { label: 'Red', description: 'like a rose' },
      { label: 'Blue', description: 'like the sky' },
    ],
    multiSelect,
  });
  const ask = (...multiple: boolean[]) => `${use('AskUserQuestion', { questions: multiple.map(question) })}[[results]]`;

  it('is answered by marks and Done, or by any text, one question after the other', async () => {
    await begin();
    const asked = await world.ask(ask(true), /Which colours\?/);
    press(world, asked, '☐ Red');
    await expect.poll(() => labels(world.now(asked) as ShownMessage)).toEqual(['☑ Red', '☐ Blue', '✅ Done']);
    press(world, world.now(asked) as ShownMessage, '☐ Blue');
    await expect.poll(() => labels(world.now(asked) as ShownMessage)).toEqual(['☑ Red', '☑ Blue', '✅ Done']);
    press(world, world.now(asked) as ShownMessage, '✅ Done');
    await world.shows(/"Which colours\?"="Red, Blue"/);
    const marked = await world.ask(ask(true), /Which colours\?/);
    press(world, marked, '☐ Blue');
    await expect.poll(() => labels(world.now(marked) as ShownMessage)).toContain('☑ Blue');
    await world.ask('and gold', /"Which colours\?"="Blue, and gold"/);
    const before = world.shown().length;
    await world.ask(ask(false), /Which colours\?/);
    await world.ask('none of them', /"Which colours\?"="none of them"/);
    expect(world.simulator.anthropic.turns()).toHaveLength(3);
    expect(world.shown().length).toBe(before + 2);
    await world.ask('[[say next]]', 'next');
  });
});

describe('a plan', () => {
  const plan = '# The plan\n\n1. Dig\n2. Plant';
  const present = `${use('ExitPlanMode', { plan })}[[results]]`;

  it('goes back to planning with what was written to it', async () => {
    await begin(undefined, 'planner');
    press(world, await world.ask(present, /The plan/), '📝 Keep planning');
    await world.shows(/wants you to keep planning\. Ask/);
    await world.ask(present, /The plan/);
    await world.ask('without digging', /keep planning, and says: without digging/);
  });
});
