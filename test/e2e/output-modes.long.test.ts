import { writeFile } from 'node:fs/promises';
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
  it('smart shows a long answer as its beginning with the whole as a file, and a short one as it is', async () => {
    const shown = await begin('smart');
    const long = await world.ask('[[stream 2500 over 10]]', /rest is in the file/);
    expect(long.file?.name).toBe('answer.md');
    expect(world.telegram.fileData(long.file?.fileId ?? '').length).toBeGreaterThan(2_400);
    await world.ask('[[say Short.]]', 'Short.');
    expect(shown()).toHaveLength(2);
  });

  it('verbose shows each tool with its result, silently and folded, between what Claude says', async () => {
    const shown = await begin('verbose');
    await world.ask(
      `[[say One.]]${echo('aaa')}${echo('bbb')}[[tool Read {"file_path":"/nowhere"}]][[say End.]]`,
      'End.',
    );
    await expect.poll(() => shown().length).toBe(5);
    expect(shown().map((text) => text.split('\n')[0])).toEqual([
      'One.',
      '🔧 Running echo aaa',
      '🔧 Running echo bbb',
      '🔧 Reading nowhere',
      'End.',
    ]);
    expect(shown()[1]).toBe('🔧 Running echo aaa\n✓ Bash\necho aaa\naaa');
    expect(shown()[3]).toContain('✗ Read');
    const message = world.shown().find(({ text }) => text.startsWith('🔧'));
    expect(message?.silent).toBe(true);
    expect(message?.entities.map(({ type }) => type)).toContain('expandable_blockquote');
  });

  it('verbose shows a long result in part, and all of it as a file behind it', async () => {
    await world.ask('/session verbose', /Switched/);
    await world.ask('[[tool Bash {"command":"seq 2000"}]][[say Counted.]]', 'Counted.');
    const at = world.shown().findIndex(({ text }) => text.startsWith('🔧 Running seq 2000'));
    const [message, attached] = world.shown().slice(at);
    expect(message?.text).toMatch(/\n3\n[\s\S]*…$/);
    expect(attached?.file?.name).toBe('tools.txt');
    const content = Buffer.from(world.telegram.fileData(attached?.file?.fileId ?? '')).toString();
    expect(content).toMatch(/seq 2000\n\n1\n2\n[\s\S]*\n1999\n2000$/);
  });

  it('verbose shows no tool twice when its worker is killed, and says which was cut off', async () => {
    await world.ask('/session verbose', /Switched/);
    const before = world.shown().length;
    const shown = () => world.texts().slice(before);
    const first = ['one', 'two', 'three'].map(echo).join('');
    const slow = 'until test -e go; do sleep 0.1; done; echo slow';
    world.say(`${first}[[tool Bash {"command":"${slow}"}]][[say Over.]]`);
    await world.shows(/echo two/);
    await world.telegram.waitFor(() => world.telegram.draft(1001)?.text.includes('until test'));
    await world.replace('worker');
    await writeFile(world.workspace('verbose', 'go'), '');
    await world.shows('Over.');
    const tools = shown().filter((text) => text.startsWith('🔧'));
    for (const word of ['one', 'two', 'three']) {
      expect(tools.join('\n').match(new RegExp(`^echo ${word}$`, 'gm')), word).toHaveLength(1);
    }
    expect(tools.join('\n')).toContain(`${slow}\nCut off.`);
    expect(tools.join('\n')).toContain(`${slow}\nslow`);
  });
});
