import type { PermissionRequest } from '@signalbox/claude';
import { describe, expect, it } from 'vitest';
import { lastingAnswer } from './allow-always.ts';
import { describeRequest } from './describe-request.ts';
import { nameOf } from './name-of.ts';

const request = (
  toolName: string,
  input: Record<string, unknown>,
  more: Partial<PermissionRequest> = {},
): PermissionRequest => ({
  requestId: 'r',
  toolUseId: 't',
  toolName,
  input,
  requiresUserInteraction: false,
  suggestions: [],
  ...more,
});
const shown = (...args: Parameters<typeof request>) => describeRequest(request(...args)).markdown;

describe('a request is shown', () => {
  it('as the command that is run, with what Claude says of it', () => {
    expect(shown('Bash', { command: 'rm -rf x', description: 'Tidy' }, { description: 'Tidy *up*' })).toBe(
      '🔐 Claude wants to run:\n```bash\nrm -rf x\n```\n_Tidy \\*up\\*_',
    );
  });

  it('without a word of Claude that says only what is shown anyway', () => {
    const edit = { file_path: '/srv/app.conf', old_string: 'a', new_string: 'b' };
    expect(shown('Edit', edit, { description: 'app.conf' })).not.toContain('_app');
  });

  it('with all that it holds besides the command', () => {
    expect(shown('Bash', { command: 'x', run_in_background: true })).toContain('{"run_in_background":true}');
  });

  it('as the lines that go and come', () => {
    const edit = shown('Edit', { file_path: '/a b.ts', old_string: 'one\ntwo', new_string: '' });
    expect(edit).toBe('🔐 Claude wants to edit `/a b.ts`:\n```diff\n-one\n-two\n```');
  });

  it('as the content of a file, and as JSON if nothing is known of the tool', () => {
    expect(shown('Write', { file_path: 'a', content: 'x' })).toContain('write `a`:\n```\nx\n```');
    expect(shown('mcp__x__y', { a: 1 })).toContain('use `mcp__x__y`:\n```json\n{\n  "a": 1\n}\n```');
    expect(shown('Bash', { cmd: 'x' })).toContain('"cmd": "x"');
  });

  it('with the path outside that it wants to reach', () => {
    const { markdown } = describeRequest(request('Bash', { command: 'x' }), '/etc');
    expect(markdown).toContain('⚠️ Outside the session’s directory: `/etc`');
    expect(shown('Bash', { command: 'x' }, { blockedPath: '/etc' })).not.toContain('Outside');
  });
});

describe('nothing can hide', () => {
  it('by ending the code block', () => {
    expect(shown('Bash', { command: 'a\n```\nharmless' })).toContain('````bash\na\n```\nharmless\n````');
  });

  it('behind characters that cannot be seen or turn the writing around', () => {
    const text = shown('Bash', { command: 'a\u202e\u200b\r\u001b[2Kb', file: 'x' });
    expect(text).toContain('a\\u{202e}\\u{200b}\\u{d}\\u{1b}[2Kb');
  });

  it('in the name of a tool or a file', () => {
    expect(shown('a`b\n**c**', {})).toContain('`` a`b **c** ``');
  });
});

describe('a lasting answer', () => {
  const rule = { type: 'addRules', rules: [{ toolName: 'Bash', ruleContent: 'npm test *' }], behavior: 'allow' };
  it('is what the CLI suggests, kept to the session', () => {
    expect(lastingAnswer({ suggestions: [{ ...rule, destination: 'localSettings' }] })).toEqual({
      label: 'Bash(npm test *)',
      rules: ['Bash(npm test *)'],
      acceptsEdits: false,
      updates: [{ ...rule, destination: 'session' }],
    });
    const mode = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };
    expect(lastingAnswer({ suggestions: [mode] })).toMatchObject({ acceptsEdits: true, updates: [mode] });
  });

  it('is never more than that: no other mode, no directory', () => {
    const suggestions = [
      { type: 'setMode', mode: 'bypassPermissions', destination: 'session' },
      { type: 'addDirectories', directories: ['/'], destination: 'session' },
      { ...rule, behavior: 'deny' },
      'nonsense',
    ];
    expect(lastingAnswer({ suggestions })).toBeUndefined();
  });
});

it('the same call has the same name, whatever its ids, the order of its input, and what Claude says of it', () => {
  const name = nameOf(request('Bash', { command: 'x', timeout: 5, description: 'y' }));
  const again = request('Bash', { description: 'in other words', timeout: 5, command: 'x' }, { toolUseId: 'other' });
  expect(nameOf(again)).toBe(name);
  expect(nameOf(request('Bash', { command: 'x ', timeout: 5, description: 'y' }))).not.toBe(name);
  const other = (description: string) => nameOf(request('mcp__tracker__add', { description }));
  expect(other('one')).not.toBe(other('two'));
});
