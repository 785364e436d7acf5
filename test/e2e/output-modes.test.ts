import { describe, expect, it } from 'vitest';
import { BYPASS } from '../support/directives.ts';
import { useWorld } from '../support/use-world.ts';

const modes = ['quiet', 'verbose', 'smart'].map((mode) => [mode, { output_mode: mode }]);
const world = useWorld({ env: BYPASS, personas: Object.fromEntries(modes) });

/** Makes a session with this persona, and gives back what is shown from then on. */
async function begin(persona: string): Promise<() => string[]> {
  await world.ask(`/new ${persona} ${persona}`, /created/);
  const before = world.shown().length;
  // A busy machine may tell that a message waits its turn: that is no part of an answer.
  return () =>
    world
      .texts()
      .slice(before)
      .filter((text) => !text.startsWith('⏳'));
}
const echo = (word: string) => `[[tool Bash {"command":"echo ${word}"}]]`;

describe('a session in mode', () => {
  it('quiet shows the final answer alone', async () => {
    const shown = await begin('quiet');
    await world.ask(
      `[[say First I look.]]${echo('x')}[[say Then I look.]]${echo('y')}[[say The answer.]]`,
      'The answer.',
    );
    await expect.poll(async () => (await world.metadata('quiet')).turns).toBe(1);
    expect(shown()).toEqual(['The answer.']);
  });
});
