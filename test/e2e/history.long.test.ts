import { appendFile, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();
const lastTexts = () => world.simulator.anthropic.requests.at(-1)?.userTexts;

/** The transcript of a session's conversation. */
async function transcriptOf(name: string): Promise<string> {
  const projects = join(world.dir, 'claude', 'projects');
  const { claudeSessionId } = await world.metadata(name);
  for (const project of await readdir(projects))
    for (const file of await readdir(join(projects, project)))
      if (file === `${claudeSessionId}.jsonl`) return join(projects, project, file);
  throw new Error('There is no transcript');
}

/** Has the API refuse what follows, twice, by what is said last. Resolves to the message that offers what leads on. */
async function refuseTwice(directive: string) {
  await world.ask('I am blue [[say noted]]', 'noted');
  await world.ask(`bad ${directive}`, /^⚠️ .*refuses this conversation/);
  return world.ask('and now?', /^⚠️ [\s\S]*the second time in a row/);
}

describe('a history that is cut off', () => {
  it('is told before the turn, which then goes on with what there is', async () => {
    const name = await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    const end = (await readFile(await transcriptOf(name))).length;
    await world.ask('You are red [[say that too]]', 'that too');
    await world.ask('/effort high', /^Effort: high/);
    await rm(join(world.dir, 'sessions', name, 'history'), { recursive: true });
    await truncate(await transcriptOf(name), end);
    const asked = await world.ask('[[recall]]', /^⚠️ The conversation's history is gone: .* cut off.* the end of it/);
    press(world, asked, 'Go on without it');
    await world.shows(/I am blue/);
    expect(lastTexts()).toEqual(['I am blue [[say noted]]', '[[recall]]']);
  });

  it('only behind what was noted, by a crash in a row, is gone on with unasked', async () => {
    const name = await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    await world.ask('/effort high', /^Effort: high/);
    await appendFile(await transcriptOf(name), '{"type":"user","uu');
    await world.ask('[[recall]]', /I am blue/);
  });
});

describe.each([
  '[[spoil 400 tool_use ids were found without tool_result blocks]]',
  '[[spoil 400 messages.1.content.0: thinking blocks cannot be modified]]',
  '[[spoil 400 The request holds a document that cannot be read]]',
])('a conversation that is refused with %s', (directive) => {
  it.each([
    ['Back to the last good turn', /^The conversation is back to before “bad/, ['I am blue [[say noted]]']],
    ['Compact', /^The conversation was replaced by a summary/, expect.arrayContaining(['I am blue [[say noted]]'])],
    ['Clear', /^A new conversation/, []],
  ])('is led on by [%s]: the next message is answered', async (label, told, known) => {
    await world.newSession();
    press(world, await refuseTwice(directive), label);
    await world.shows(told);
    await world.ask('[[say and on]]', 'and on');
    if (Array.isArray(known)) expect(lastTexts()).toEqual([...known, '[[say and on]]']);
    else expect(lastTexts()).toEqual(known);
  });
});

describe('[Back to before this message]', () => {
  it('keeps what was before it, and takes the message away, also when its process is killed then', async () => {
    const name = await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    const refused = '[[poison 400 The request holds a document that cannot be read]]';
    await world.ask(`bad ${refused}`, /^⚠️ .*refuses this conversation/);
    const retried = world.shown().at(-1);
    if (retried) press(world, retried, 'Retry');
    press(world, await world.shows(/^⚠️ [\s\S]*the second time in a row/), 'Back to before this message');
    await world.shows(/^The conversation is back to before “bad/);
    await world.ask('[[say and on]]', 'and on');
    expect(lastTexts()).toEqual(['I am blue [[say noted]]', '[[say and on]]']);
    process.kill((await world.metadata(name)).pid as number, 'SIGKILL');
    await world.ask('[[recall]]', /I am blue[\s\S]*and on/);
  });
});

describe('a model that Claude Code does not offer', () => {
  it('is asked about, and set if it is meant all the same', async () => {
    await world.newSession();
    await world.ask('/model Sonnet', /^Model: sonnet/);
    const asked = await world.ask('/model sonet', /^Claude Code does not offer a model 'sonet'\. It offers: .*sonnet/);
    press(world, asked, 'Use it all the same');
    await world.shows(/^Model: sonet/);
  });

  it('and the API does not know, is told with the command that chooses another', async () => {
    await world.newSession();
    await world.ask('[[error 404]]', /^⚠️ The model does not exist.*\/model/);
  });
});

describe('money', () => {
  it('of a simulated model is said to be what the API would cost', async () => {
    await world.newSession();
    await world.ask('/usage', /Dollars are what the API would cost; the model is simulated, and nothing is charged\.$/);
  });
});

describe('/clear', () => {
  it('keeps the old conversation, and its button brings it back', async () => {
    await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    const cleared = await world.ask('/clear', /^A new conversation/);
    await world.ask('[[say anew]]', 'anew');
    press(world, cleared, 'Bring the old conversation back');
    await world.shows(/^The old conversation is back: Claude knows 1 turn/);
    await world.ask('[[recall]]', /I am blue/);
  });
});
