import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

/** Removes what Claude keeps of all conversations, while none of them is at a turn. */
const loseTranscripts = () => rm(join(world.dir, 'claude', 'projects'), { recursive: true });
const lastTexts = () => world.simulator.anthropic.requests.at(-1)?.userTexts;
const TOO_LONG = '[[poison 400 prompt is too long: 9 tokens > 8 maximum]]';

describe('a history that Claude’s directory has lost', () => {
  it('is given back from its copy; without one the person is asked first, and nothing is called resumed', async () => {
    const name = await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    await expect.poll(() => existsSync(join(world.dir, 'sessions', name, 'history'))).toBe(true);
    await loseTranscripts();
    // Claude is started anew before the next turn.
    await world.ask('/effort high', /^Effort: high/);
    await world.ask('[[recall]]', /I am blue/);
    await world.shows(/^The history of session '.*' was missing/);
    await world.ask('/session', /Claude knows of this conversation: 2 turns\n/);

    await loseTranscripts();
    await rm(join(world.dir, 'sessions', name, 'history'), { recursive: true });
    await world.ask('/effort low', /^Effort: low/);
    await world.ask('/session', /Claude knows of this conversation: nothing \(the history is gone/);
    const asked = await world.ask(
      '[[say dropped]]',
      /^⚠️ The conversation's history is gone: .* Claude would not remember/,
    );
    expect(asked.buttons.flat().map(({ text }) => text)).toEqual(['Go on without it', 'Stop']);
    press(world, asked, 'Stop');
    const before = world.lastId();
    world.say('[[say anew]]');
    const again = await world.shows(/^⚠️ The conversation's history is gone/, undefined, before);
    press(world, again, 'Go on without it');
    await world.shows('anew');
    expect(lastTexts()).toEqual(['[[say anew]]']);
    expect(world.texts().filter((text) => /dropped|Resuming/.test(text))).toEqual([]);
  });
});

describe('a conversation that the API refuses', () => {
  it('also as a summary, says so; the second time it leads back to the last good turn, and the old one can be had again', async () => {
    await world.newSession();
    await world.ask('I am blue [[say noted]]', 'noted');
    await world.ask(`too long ${TOO_LONG}`, /^⚠️ .*no longer fits.*\/compact.*\/rewind.*\/clear/);
    await world.ask(
      '/compact',
      /^⚠️ The conversation could not be replaced by a summary, and is as it was: .*\n\/compact/,
    );
    const refused = await world.ask('and now?', /^⚠️ [\s\S]*the second time in a row/);
    const labels = ['Back to before this message', 'Back to the last good turn', 'Compact', 'Clear', 'Retry'];
    expect(refused.buttons.flat().map(({ text }) => text)).toEqual(labels);
    press(world, refused, 'Back to the last good turn');
    const back = await world.shows(/^The conversation is back to before “too long .*”: Claude knows 1 turn/);
    await world.ask('[[recall]] [[say and on]]', /I am blue[\s\S]*and on|and on/);
    expect(lastTexts()).toEqual(['I am blue [[say noted]]', '[[recall]] [[say and on]]']);
    press(world, back, 'Bring the old conversation back');
    await world.shows(/^The old conversation is back: Claude knows 3 turns/);
  });
});

describe('/rewind', () => {
  it('offers the last turns, and goes back to before the one that is chosen', async () => {
    await world.newSession();
    for (const word of ['one', 'two', 'three']) await world.ask(`${word} [[say ${word} noted]]`, `${word} noted`);
    const offered = await world.ask('/rewind', /^Go back in session/);
    const labels = offered.buttons.flat().map(({ text }) => text);
    expect(labels.map((label) => label.split(' ', 2)[1])).toEqual(['one', 'two', 'three']);
    press(world, offered, labels[1] ?? '');
    await world.shows(/^The conversation is back to before “two .*”: Claude knows 1 turn. Files are as they were/);
    await world.ask('four [[say four noted]]', 'four noted');
    expect(lastTexts()).toEqual(['one [[say one noted]]', 'four [[say four noted]]']);
    await world.ask(
      '/session',
      /Claude knows of this conversation: 2 turns\nDollars are what the API would cost; the model is sim/,
    );
  });
});
