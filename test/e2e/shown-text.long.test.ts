import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownMessage } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS, personas: { verbose: { output_mode: 'verbose' } } });

/** The parts of a message that are formatted, as `type:content`. */
const formatted = ({ text, entities }: ShownMessage) =>
  entities.map(({ type, offset, length }) => `${type}:${text.slice(offset, offset + length)}`);
/** Prints what `printf` makes of this. */
const print = (text: string) => `printf '${text}'`;

describe('what a tool prints', () => {
  it('is shown without colours, NULs and other residue of a terminal', async () => {
    await world.newSession(undefined, 'verbose');
    const printed = String.raw`\033]0;title\007\033[1;31mred\033[0m\000\r\n10 %%\r20 %%\nB\bBo\bo\033[38;5`;
    world.say(`${bash(print(printed))}[[say End.]]`);
    await world.shows('End.');
    const shown = world.texts().find((text) => text.startsWith('🔧'));
    expect(shown?.split('\n').slice(-4)).toEqual(['red', '10 %', '20 %', 'Bo']);
  });

  it('is shown by /log while it runs, also behind a line of NULs', async () => {
    await world.newSession();
    const flag = join(world.dir, 'go');
    const printed = String.raw`\033[32mbefore\033[0m\n`;
    world.say(
      `${bash(`${print(printed)}; head -c 50000 /dev/zero; echo; touch ${flag}; tail -f ${flag}`)}[[say End.]]`,
    );
    await expect.poll(() => existsSync(flag), { timeout: PATIENCE_MS }).toBe(true);
    const log = await world.ask('/log', /^⚙️ Bash runs/);
    expect(log.text).toMatch(/\nPrinted in [^\n]*:\s+before$/);
    await world.ask('/stop', '⏹ Stopped.');
  });
});

it('HTML that means something in an answer is shown as what it means, and all other as it is', async () => {
  await world.newSession();
  const answer = [
    '<details><summary>How</summary>',
    '',
    'with `code`',
    '</details>',
    '',
    'Press <kbd>Ctrl</kbd><br>now <!-- not shown -->or <img src="https://example.org/p.png" alt="look">.',
    '',
    '> [!NOTE]',
    '> A note.',
    '',
    '<table><tr><th>disk</th><th>GB</th></tr><tr><td>one</td><td>20</td></tr></table>',
    '',
    'これは**「重要」**です。Vec<String> <div class="x">',
  ].join('\n');
  const shown = await world.ask(`[[say ${answer}]]`, /How/);
  expect(shown.text).toBe(
    [
      'How',
      'with code',
      '',
      'Press Ctrl',
      'now or look.',
      '',
      'ℹ️ Note',
      'A note.',
      '',
      'disk  GB',
      '----  --',
      'one   20',
      '',
      'これは「重要」です。Vec<String> <div class="x">',
    ].join('\n'),
  );
  expect(formatted(shown)).toEqual([
    'expandable_blockquote:How\nwith code',
    'bold:How',
    'code:code',
    'code:Ctrl',
    'text_link:look',
    'blockquote:ℹ️ Note\nA note.',
    'bold:ℹ️ Note',
    'pre:disk  GB\n----  --\none   20',
    'bold:「重要」',
  ]);
});
