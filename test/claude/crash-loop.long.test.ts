import { setTimeout } from 'node:timers/promises';
import { ClaudeError, type ClaudeProcess, type TurnEvent, type TurnOutcome } from '@signalbox/claude';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bash, message, World } from './world.ts';

const MESSAGES = 12;
const MOST_CRASHES_EACH = 3;

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.dispose());

/** Numbers below 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('killed or stopped at random, again and again: every message is answered, each reply is shown once, nothing reaches the model twice', async () => {
  const random = seeded(20_261_121);
  const shown = new Map<string, string>();
  let claude: ClaudeProcess | undefined;
  let crashes = 0;

  for (let n = 1; n <= MESSAGES; n += 1) {
    const tool = n % 3 === 0 ? bash(`echo ${n} >> tools; sleep 0.2`) : '';
    const given = message(`Message ${n}. [[say Hm ${n}.]]${tool}[[stream 60 over 300]][[say Answer ${n}.]]`);
    const onEvent = (event: TurnEvent) => {
      if (event.type === 'said') shown.set(event.rowUuid, event.text);
    };
    let outcome: TurnOutcome | undefined;
    for (let crash = 0; outcome === undefined; crash += 1) {
      claude ??= await world.start({ inFlightUuid: given.uuid });
      const running: ClaudeProcess = claude;
      const turn = running.runTurn(given, { onEvent }).catch((error: unknown) => {
        if (error instanceof ClaudeError && (error.code === 'exited' || error.code === 'stopped')) return undefined;
        throw error;
      });
      if (crash >= MOST_CRASHES_EACH || random() < 0.3) {
        outcome = await turn;
        continue;
      }
      // The moment is random, also after the end: then the outcome is in hand and not noted.
      await Promise.race([setTimeout(random() * 900), running.exited]);
      if (random() < 0.3) await running.stop();
      else await world.crash(running);
      await turn;
      crashes += 1;
      claude = undefined;
    }
    expect(outcome).toMatchObject({ status: 'answered', text: `Answer ${n}.` });
  }

  const texts = [...shown.values()];
  for (let n = 1; n <= MESSAGES; n += 1) {
    expect(
      texts.filter((text) => text === `Answer ${n}.`),
      `answers to message ${n}`,
    ).toHaveLength(1);
  }
  const seen = world.lastTexts?.map((text) => /Message \d+\./.exec(text)?.[0]);
  expect(seen).toEqual(Array.from({ length: MESSAGES }, (_, i) => `Message ${i + 1}.`));
  expect(crashes).toBeGreaterThan(MESSAGES / 2);
}, 240_000);
