import type { ToolCall } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import { presentCalls } from './present-calls.ts';

const call = (more: Partial<ToolCall>): ToolCall => ({
  name: 'Bash',
  input: { command: 'npm test' },
  detail: 'npm test',
  output: 'ok\n',
  isError: false,
  ...more,
});

it('one use is told by what it did, with what it was given and gave back folded below', () => {
  const { text, entities } = presentCalls([call({})]);
  expect(text).toBe('🔧 Running npm test\n✓ Bash\nnpm test\nok');
  expect(entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])).toEqual([
    ['bold', '🔧 Running npm test'],
    ['expandable_blockquote', '✓ Bash\nnpm test\nok'],
    ['bold', '✓ Bash'],
    ['code', 'npm test'],
  ]);
});

it('several are counted, and one that failed is marked', () => {
  const calls = [call({}), call({ isError: true, output: '' }), call({ name: 'Read', detail: '', output: 'a\tb' })];
  expect(presentCalls(calls).text).toBe('🔧 2 × Bash, Read\n✓ Bash\nnpm test\nok\n\n✗ Bash\nnpm test\n\n✓ Read\na   b');
});

it('what a subagent did is marked as that', () => {
  expect(presentCalls([call({ bySubagent: true })]).text).toMatch(/^🔧 Subagent: Running npm test\n/);
});
