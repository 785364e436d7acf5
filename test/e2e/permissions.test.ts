import { existsSync } from 'node:fs';
import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { bash, use } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
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

describe('a command that needs permission', () => {
  it('is shown as it is, run once it is allowed, and says who allowed it', async () => {
    await begin();
    const asked = await world.ask(run("touch made && echo 'a`b' > b; cat b"), /Claude wants to run/);
    expect(asked.text).toContain("touch made && echo 'a`b' > b; cat b");
    // The CLI names the file all the same.
    expect(asked.text).not.toContain('Outside');
    expect(asked.entities.map(({ type }) => type)).toContain('pre');
    expect(made('made')).toBe(false);
    press(world, asked, '✅ Allow');
    await world.shows('a`b');
    expect(made('made')).toBe(true);
    expect(world.now(asked)).toMatchObject({ text: expect.stringMatching(/→ ✅ Allow \(Ann\)$/), buttons: [] });
  });

  it('in a group is for the one whose message it is', async () => {
    await begin();
    world.say('/new team', { chat: GROUP_ID });
    await world.shows(/created/, GROUP_ID);
    world.telegram.say({ from: ANN.id, chat: GROUP_ID, text: run('echo team > made') });
    const asked = await world.shows(/Claude wants to run/, GROUP_ID);
    const data = asked.buttons.flat().find(({ text }) => text === '✅ Allow')?.data ?? '';
    const { queryId } = world.telegram.press({ from: BOB.id, chat: GROUP_ID, messageId: asked.id, data });
    await expect.poll(() => world.telegram.answer(queryId)?.text).toMatch(/Only the person who was asked/);
    expect(world.now(asked)?.buttons.length).toBeGreaterThan(0);
    world.telegram.press({ from: ANN.id, chat: GROUP_ID, messageId: asked.id, data });
    await world.shows(/completed with no output/, GROUP_ID);
  });
});

describe('what leads to a question', () => {
  it('stands above it, also where only final answers are shown, and until it is answered nothing is said to run', async () => {
    await begin();
    await world.ask('/quiet', /^Output: quiet/);
    const asked = await world.ask(`[[say I must look.]][[wait 1500]]${run('touch made')}`, /Claude wants to run/);
    const shown = world.texts();
    expect(shown[shown.indexOf(asked.text) - 1]).toBe('I must look.');
    const waits = () => world.telegram.draft(ANN.id)?.text === '✋ Waiting for your answer';
    await world.telegram.waitFor(() => waits() || undefined, { timeoutMs: PATIENCE_MS });
    await world.ask('/log', /^✋ Bash waits for an answer/);
    press(world, asked, '✅ Allow');
    await world.shows(/completed with no output/);
    expect(world.count('I must look.')).toBe(1);
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

  it('is answered by a button', async () => {
    await begin();
    const asked = await world.ask(ask(false), /Which colours\?/);
    expect(asked.text).toContain('like a rose');
    press(world, asked, 'Blue');
    await world.shows(/"Which colours\?"="Blue"/);
  });
});

describe('a plan', () => {
  const plan = '# The plan\n\n1. Dig\n2. Plant';
  const present = `${use('ExitPlanMode', { plan })}[[results]]`;

  it('is shown readably and carried out when it is approved', async () => {
    await begin(undefined, 'planner');
    const asked = await world.ask(present, /The plan/);
    expect(asked.text).toMatch(/1\. Dig\n2\. Plant/);
    press(world, asked, '✅ Approve');
    await world.shows(/approved exiting plan mode/);
  });
});
