import { expect, it } from 'vitest';
import { describeTools } from './describe-tools.ts';

const asIs = (text: string) => text;

it('shows commands and paths as they are, and how far each tool came', () => {
  const text = describeTools(
    [
      { name: 'Edit', input: { file_path: 'src/app.ts', old_string: 'a' }, state: 'done' },
      { name: 'Bash', input: { command: 'npm publish' }, state: 'open' },
    ],
    asIs,
  );
  expect(text).toBe('Edit, done:\n```\nsrc/app.ts\n```\nBash, cut off:\n```\nnpm publish\n```');
});

it('lets no command end its own block', () => {
  const text = describeTools([{ name: 'Bash', input: { command: 'echo ```` ; ls' }, state: 'failed' }], asIs);
  expect(text).toBe('Bash, failed or cut off:\n`````\necho ```` ; ls\n`````');
});

it('shows the last five uses, each cut to a size for a phone', () => {
  const uses = Array.from({ length: 9 }, (_, i) => ({
    name: 'Bash',
    input: { command: `${i} ${'😀'.repeat(400)}` },
    state: 'done' as const,
  }));
  const text = describeTools(uses, asIs);
  expect([...text.matchAll(/\n(\d) /g)].map(([, number]) => number)).toEqual(['4', '5', '6', '7', '8']);
  expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(text.length).toBeLessThan(4_000);
});

it('shows other input without what is nested', () => {
  expect(
    describeTools([{ name: 'WebFetch', input: { url: 'https://a.example', more: {} }, state: 'open' }], asIs),
  ).toContain('{"url":"https://a.example"}');
});
