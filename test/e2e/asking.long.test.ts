import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN, type ShownMessage } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { bash, use } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const personas = { planner: { permission_mode: 'plan' }, quiet: { output_mode: 'quiet' } };
const question = { question: 'Which colour?', header: 'Colour', multiSelect: false };
const options = ['Red', 'Blue'].map((label) => ({ label, description: label }));
const isView = ({ buttons }: ShownMessage) => buttons.flat().some(({ text }) => text.includes('Stop'));
const WAITING = '✋ Waiting for your answer';

describe.each(['draft', 'edit', 'off'])('with STREAMING=%s', (streaming) => {
  const world = useWorld({ env: { STREAMING: streaming }, personas });

  /** Has this asked behind a text, and resolves to the question. */
  async function ask(before: string, directive: string, expected: RegExp): Promise<ShownMessage> {
    const asked = await world.ask(`[[say ${before}]]${directive}[[say after]]`, expected);
    const shown = world.shown().filter((message) => !isView(message));
    expect(shown[shown.findIndex(({ id }) => id === asked.id) - 1]?.text).toBe(before);
    return asked;
  }

  it.each([
    ['a permission', 'default', bash('touch made'), /Claude wants to run/, '✅ Allow'],
    [
      'a permission, where only final answers are shown',
      'quiet',
      bash('touch made'),
      /Claude wants to run/,
      '✅ Allow',
    ],
    ['a question', 'default', use('AskUserQuestion', { questions: [{ ...question, options }] }), /colour/, 'Red'],
    ['a plan', 'planner', use('ExitPlanMode', { plan: '# Dig\n\n1. Here' }), /Dig/, '✅ Approve'],
  ])('what leads to %s stands above it, also after a pause', async (_what, persona, tool, expected, answer) => {
    await world.newSession(undefined, persona);
    for (const pause of ['', '[[wait 1500]]']) {
      const before = world.count('after');
      const asked = await ask(`It leads there${pause && ' slowly'}.`, pause + tool, expected);
      press(world, asked, answer);
      await expect.poll(() => world.count('after'), { timeout: PATIENCE_MS }).toBe(before + 1);
      // What was asked once is asked anew.
      world.turnPage();
      if (persona === 'planner') await world.ask('/mode plan', /^Permissions: plan/);
    }
  });

  // With it off there is nothing to be seen.
  if (streaming !== 'off')
    it('what is seen of the turn says that it waits for an answer, and then what runs', async () => {
      const session = await world.newSession();
      const views = () => world.shown().filter(isView);
      const seen = () => (streaming === 'draft' ? world.telegram.draft(ANN.id)?.text : views().at(-1)?.text) ?? '';
      const asked = await world.ask(`${bash('touch made; tail -f made')}[[say never]]`, /Claude wants to run/);
      await expect.poll(seen, { timeout: PATIENCE_MS }).toBe(WAITING);
      press(world, asked, '✅ Allow');
      await expect.poll(seen, { timeout: PATIENCE_MS }).toMatch(/^⚙️ Running touch made/);
      await expect.poll(() => existsSync(world.workspace(session, 'made')), { timeout: PATIENCE_MS }).toBe(true);
      // The message that shows the turn goes meanwhile, so that those shown cannot be counted.
      world.say('/stop');
      await world.shows('⏹ Stopped.');
    });
});

describe('a path in a permission', () => {
  const world = useWorld({ personas });

  it.each<[string, (at: { inside: string; outside: string; linkIn: string }) => string, boolean]>([
    ['in the session', () => 'new/file', false],
    ['in the session, reached by a link from outside', ({ linkIn }) => join(linkIn, 'file'), false],
    ['in the session, that is protected', ({ inside }) => join(inside, '.git/config'), false],
    ['outside', ({ outside }) => join(outside, 'file'), true],
    ['outside, reached by a link in the session', () => 'link-out/file', true],
  ])('%s', async (_where, pathFor, isOutside) => {
    const session = await world.newSession();
    const inside = world.workspace(session);
    const at = { inside, outside: join(world.dir, `outside-${session}`), linkIn: join(world.dir, `in-${session}`) };
    await mkdir(at.outside);
    await symlink(inside, at.linkIn);
    await symlink(at.outside, join(inside, 'link-out'));
    world.say(`${use('Write', { file_path: pathFor(at), content: 'x' })}[[say done]]`);
    const asked = await world.shows(/Claude wants to write/);
    const warned = /Outside the session’s directory: (.*)/.exec(asked.text)?.[1];
    expect(warned).toBe(isOutside ? join(at.outside, 'file') : undefined);
    press(world, asked, '❌ Deny');
    await world.shows('done');
  });
});
