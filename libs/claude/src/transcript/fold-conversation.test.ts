import { describe, expect, it } from 'vitest';
import { ConversationFold } from './fold-conversation.ts';
import { OpenToolsFold } from './fold-open-tools.ts';
import { parseRow } from './row.ts';

const at = '2026-03-05T10:00:00.000Z';
const rows = {
  person: (text: string, more = {}) => ({ type: 'user', timestamp: at, message: { content: text }, ...more }),
  claude: (text: string, more = {}) => ({
    ...{ type: 'assistant', timestamp: at },
    message: { content: [{ type: 'text', text }], ...more },
  }),
  tool: (id: string, name: string, input: object, more = {}) => ({
    ...{ type: 'assistant', timestamp: at, message: { content: [{ type: 'tool_use', id, name, input }] } },
    ...more,
  }),
  result: (id: string) => ({
    type: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: id, content: 'x' }] },
  }),
};

function folded<F extends { add(row: never): void }>(fold: F, given: object[]): F {
  for (const each of given) fold.add(parseRow(JSON.stringify(each)) as never);
  return fold;
}
const hide = (text: string) => text.replaceAll('secret', '…');
const exported = (given: object[]) => folded(new ConversationFold(hide), given).markdown;

describe('a conversation as Markdown', () => {
  it('has what was said and which tools were used, each speaker named once', () => {
    const given = [
      rows.person('Hello *there*'),
      rows.claude('Let me look.'),
      rows.tool('t1', 'Bash', { command: 'cat ```x```' }),
      rows.result('t1'),
      rows.claude('Done.'),
      rows.person('Thanks'),
    ];
    expect(exported(given)).toBe(
      [
        '## You · 2026-03-05 10:00 UTC\n\nHello *there*',
        '## Claude · 2026-03-05 10:00 UTC\n\nLet me look.',
        'Bash:\n\n````\ncat ```x```\n````',
        'Done.',
        '## You · 2026-03-05 10:00 UTC\n\nThanks',
      ].join('\n\n'),
    );
  });

  it('takes secrets out of a use before it is cut', () => {
    const command = `${'x'.repeat(496)}secret ${'y'.repeat(500)}`;
    expect(exported([rows.tool('t1', 'Bash', { command })])).toContain(`\n${'x'.repeat(496)}… yy…\n`);
  });

  it('leaves out what nobody said: hidden rows, subagents, commands and notices of the CLI', () => {
    const given = [
      rows.person('Caveat', { isMeta: true }),
      { ...rows.claude('of a subagent'), isSidechain: true },
      rows.person('<command-name>/compact</command-name>'),
      rows.person('<local-command-stdout>Compacted</local-command-stdout>'),
      rows.claude('No response requested.', { model: '<synthetic>' }),
    ];
    expect(exported(given)).toBe('');
  });

  it('says where it was interrupted, failed, or was replaced by a summary', () => {
    const given = [
      rows.person('Go'),
      rows.person('[Request interrupted by user]'),
      { ...rows.claude('API Error: 529'), isApiErrorMessage: true },
      rows.person('This session is being continued …', { isCompactSummary: true }),
    ];
    expect(exported(given).split('\n\n').slice(2)).toEqual([
      '*Interrupted.*',
      '*API Error: 529*',
      '*From here on Claude remembers a summary of what is above.*',
    ]);
  });
});

describe('the tools that run', () => {
  const names = (given: object[]) => folded(new OpenToolsFold(), given).tools.map(({ name }) => name);

  it('are those without a result', () => {
    const given = [rows.person('Go'), rows.tool('t1', 'Bash', {}), rows.tool('t2', 'Read', {}), rows.result('t1')];
    expect(names(given)).toEqual(['Read']);
    expect(folded(new OpenToolsFold(), given).tools[0]?.since).toBe(Date.parse(at));
  });

  it('are none of an earlier turn, or of a subagent', () => {
    expect(names([rows.tool('t1', 'Bash', {}), rows.person('[Request interrupted by user]')])).toEqual([]);
    expect(names([rows.tool('t1', 'Bash', {}, { isSidechain: true })])).toEqual([]);
  });
});
