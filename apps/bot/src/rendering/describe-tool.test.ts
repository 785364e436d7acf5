import { describe, expect, it } from 'vitest';
import { describeTool } from './describe-tool.ts';

describe('describeTool', () => {
  it.each([
    ['Read', { file_path: '/srv/app/config.json' }, 'Reading config.json…'],
    ['Bash', { command: 'npm test' }, 'Running npm test…'],
    ['Bash', { command: '\n  cat <<EOF\nsecond\nEOF' }, 'Running cat <<EOF…'],
    ['Edit', { file_path: 'src\\app.ts' }, 'Editing app.ts…'],
    ['Grep', { pattern: 'x' }, 'Searching for "x"…'],
    ['WebFetch', { url: 'https://example.org/a?token=b' }, 'Fetching example.org…'],
    ['WebSearch', { query: 'zfs' }, 'Searching the web for "zfs"…'],
    ['TodoWrite', {}, 'Updating the list of tasks…'],
    ['TaskCreate', { subject: 'Mend it' }, 'Planning: Mend it…'],
    ['TaskUpdate', { taskId: '1' }, 'Updating the list of tasks…'],
    ['mcp__signalbox__send_file', {}, 'Sending files…'],
    ['mcp__homelab__send_file', {}, 'Using send_file (homelab)…'],
    ['Teleport', { anything: 1 }, 'Using Teleport…'],
  ])('says what %s does with %j', (name, input, words) => {
    expect(describeTool(name, input)).toBe(words);
  });

  it.each([
    ['Read', null, 'Using Read…'],
    ['Read', { file_path: 7 }, 'Using Read…'],
    ['Read', { file_path: '///' }, 'Using Read…'],
    ['Bash', 'npm test', 'Using Bash…'],
    ['Grep', { pattern: '' }, 'Using Grep…'],
    ['WebFetch', { url: 'not an address' }, 'Fetching not an address…'],
    ['constructor', {}, 'Using constructor…'],
    [undefined, undefined, 'Using a tool…'],
    [{}, [], 'Using a tool…'],
  ])('falls back for %j with %j', (name, input, words) => {
    expect(describeTool(name, input)).toBe(words);
  });

  it.each(['x'.repeat(500), '😀'.repeat(200), `a${'😀'.repeat(200)}`, 'a\tb\0c\u202ed', '\ud800'])(
    'is one line of at most 80 UTF-16 units without odd characters: %j',
    (command) => {
      const words = describeTool('Bash', { command });
      expect(words.length).toBeLessThanOrEqual(80);
      expect(words).toMatch(/^(Running|Using) [^\p{Cc}\p{Cs}\u202a-\u202e]+…$/u);
    },
  );
});
