import { describe, expect, test } from 'vitest';
import { parseDirectives } from './parse-directives.ts';

describe('directives', () => {
  test('are read in order from within other text', () => {
    const text =
      'Please [[wait 20]] do\n[[think hm, well]]\n[[say Hello\nthere]]\n[[stream 500 over 2000]] and [[markdown]]';
    expect(parseDirectives(text)).toEqual([
      { do: 'wait', ms: 20 },
      { do: 'think', text: 'hm, well' },
      { do: 'say', text: 'Hello\nthere' },
      { do: 'stream', chars: 500, overMs: 2000 },
      { do: 'markdown' },
    ]);
  });

  test('a tool’s JSON may hold brackets of its own', () => {
    const input = { command: 'if [[ -f x ]]; then echo "]]"; fi', list: [[1]] };
    expect(parseDirectives(`[[tool Bash ${JSON.stringify(input)}]] [[say ok]]`)).toEqual([
      { do: 'tools', calls: [{ name: 'Bash', input }] },
      { do: 'say', text: 'ok' },
    ]);
  });

  test('a tool without JSON gets an empty input, several come as a list', () => {
    expect(
      parseDirectives('[[tool mcp__bot__send_file]][[tools [{"name":"A","input":{"x":1}},{"name":"B"}]]]'),
    ).toEqual([
      { do: 'tools', calls: [{ name: 'mcp__bot__send_file', input: {} }] },
      {
        do: 'tools',
        calls: [
          { name: 'A', input: { x: 1 } },
          { name: 'B', input: {} },
        ],
      },
    ]);
  });

  test('errors come every time or so often, limits for a while', () => {
    expect(parseDirectives('[[error 529]][[error 500 times 2]][[limit 60]][[hang]][[stall]][[cut]]')).toEqual([
      { do: 'error', status: 529, times: Number.POSITIVE_INFINITY },
      { do: 'error', status: 500, times: 2 },
      { do: 'limit', seconds: 60 },
      { do: 'hang' },
      { do: 'stall' },
      { do: 'cut' },
    ]);
  });

  test('an error may have a text of its own', () => {
    expect(parseDirectives('[[error 400: prompt is too long: 9 > 8]][[error 500 times 2: so]]')).toEqual([
      { do: 'error', status: 400, times: Number.POSITIVE_INFINITY, message: 'prompt is too long: 9 > 8' },
      { do: 'error', status: 500, times: 2, message: 'so' },
    ]);
  });

  test.each([
    '[[tool Bash {"command":]]',
    '[[wait long]]',
    '[[error 200]]',
    '[[say]]',
    '[[stream 5]]',
    '[[say never closed',
  ])('one that cannot be read is said to be so: %s', (text) => {
    expect(parseDirectives(text)).toEqual([
      { do: 'say', text: expect.stringContaining('cannot read this directive: [[') },
    ]);
  });

  test('other double brackets are plain text', () => {
    expect(parseDirectives('if [[ -f x ]]; then [[wiki link]] [[saying]] fi')).toEqual([]);
  });
});
