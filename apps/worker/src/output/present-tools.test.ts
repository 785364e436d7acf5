import { TOOL_CONTENT_LIMIT } from '@signalbox/claude';
import { createBeginningRedactor, createRedactor } from '@signalbox/service';
import { expect, it } from 'vitest';
import { presentTools } from './present-tools.ts';
import type { EndedUse } from './tool-groups.ts';

const use = (name: string, input: Record<string, unknown>, output = ''): EndedUse => ({
  started: { type: 'tool-started', id: 'a', name, input, textsBefore: 0 },
  output,
  isError: false,
});
const present = (...uses: EndedUse[]) => presentTools(uses, createBeginningRedactor(['sentinel-secret'])).calls;

it.each([
  ['Bash', { command: 'npm test\nls', description: 'x' }, 'npm test\nls'],
  ['Edit', { file_path: 'a.ts', old_string: 'one\ntwo', new_string: '' }, 'a.ts\n- one\n- two'],
  ['Write', { file_path: 'a.ts', content: 'new' }, 'a.ts\n+ new'],
  ['Grep', { pattern: 'x', glob: ['*.ts'] }, 'pattern: x\nglob: ["*.ts"]'],
])('what %s was given is shown as a person reads it', (name, input, detail) => {
  expect(present(use(name, input))[0]?.detail).toBe(detail);
});

it('uses that are shown together fit one message, and none is cut inside a secret or a character', () => {
  const uses = Array.from({ length: 8 }, (_, i) =>
    use(
      'Bash',
      { command: `${'😀'.repeat(i + 90)}sentinel-secret` },
      `${'x'.repeat(170 + i)}sentinel-secret`.repeat(9),
    ),
  );
  const shown = present(...uses);
  // Whole secrets are taken out when the reply leaves the worker.
  const leave = createRedactor(['sentinel-secret']);
  const text = shown.map(({ detail, output }) => leave(`${detail}\n${output}\n`)).join('');
  expect(text.length).toBeLessThanOrEqual(3_200 + 16);
  expect(text).not.toMatch(/sent|[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(shown[0]?.output).toMatch(/…$/);
});

it('what is cut is also there as a whole, and only then', () => {
  const attached = (...uses: EndedUse[]) => presentTools(uses, String).attachment;
  expect(attached(use('Bash', { command: 'npm test' }, 'ok'))).toBeUndefined();
  const long = 'x'.repeat(5_000);
  expect(attached(use('Bash', { command: 'cat a' }, long), use('Write', { file_path: 'b', content: long }))).toEqual({
    name: 'tools.txt',
    content: `✓ Bash\n\ncat a\n\n${long}\n\n${'─'.repeat(40)}\n\n✓ Write\n\nb\n+ ${long}`,
  });
});

it('a whole that was cut before ends in no part of a secret', () => {
  const output = `${'x'.repeat(TOOL_CONTENT_LIMIT - 8)}sentinel`;
  const { attachment } = presentTools([use('Bash', {}, output)], createBeginningRedactor(['sentinel-secret']));
  expect(attachment?.content).toMatch(/x…$/);
});

it('shows what a tool printed without the residue of a terminal, in the file too', () => {
  const [shown] = presentTools([use('Bash', {}, '\u001b[31mred\u001b[0m\0\r\nend\u001b[')], (text) => text).calls;
  expect(shown?.output).toBe('red\nend');
  const { attachment } = presentTools([use('Bash', {}, `\u001b[31m${'x'.repeat(5_000)}\u001b[0m`)], (text) => text);
  expect(attachment?.content).toBe(`✓ Bash\n\n${'x'.repeat(5_000)}`);
});
