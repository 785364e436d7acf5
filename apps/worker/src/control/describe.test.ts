import { shellWord } from '@signalbox/claude';
import { addTurn, noUsage } from '@signalbox/sessions';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../asking/name-of.ts';
import { describeTokens } from '../wording/describe-tokens.ts';
import { dollars, priceNote } from '../wording/money.ts';
import { answerControl } from './answer-control.ts';
import type { AnswerControlNeeds } from './answer-control-needs.ts';
import { describeSetting } from './describe-setting.ts';
import { describeLog } from './show-log.ts';
import { describeUsage } from './show-usage.ts';

const now = new Date('2026-03-05T10:00:00Z');
const at = now.getTime();

describe('/delete', () => {
  it('asks with a button that deletes and one that changes nothing', async () => {
    const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
    const head = { version: 1, session: 'web', origin };
    const shown = await answerControl(
      { ...head, kind: 'ask-delete', confirmed: '/delete web x' },
      {} as AnswerControlNeeds,
    );
    expect(shown).toMatchObject({
      rows: [
        [
          { label: 'Delete', act: { do: 'command', text: '/delete web x' } },
          { label: 'Keep', act: { do: 'settle' } },
        ],
      ],
    });
  });
});

describe('/usage', () => {
  it.each([
    ['api', undefined],
    ['subscription', /what the API would cost; with a subscription/],
    ['simulated', /what the API would cost; the model is simulated/],
  ] as const)('with %s says so of the dollars: %s', (billing, expected) => {
    const [line, ...more] = priceNote(billing);
    expect(more).toEqual([]);
    if (expected) expect(line).toMatch(expected);
    else expect(line).toBeUndefined();
  });

  it('has the session’s own, that of all sessions, and the plan’s limits that still hold', () => {
    const turn = { turns: 1, inputTokens: 13_444, outputTokens: 250, costUsd: 0.054 };
    const context = { tokens: 150_000, window: 200_000 };
    const five = {
      kind: 'five_hour',
      status: 'allowed_warning',
      utilization: 0.83,
      resetsAt: at + 3_600_000,
      seenAt: at,
    };
    const old = { kind: 'seven_day', status: 'rejected', resetsAt: at - 1, seenAt: at };
    const own = addTurn(
      addTurn(noUsage(), { ...turn, limit: old }, new Date('2026-03-01')),
      { ...turn, context, limit: five },
      now,
    );
    const other = addTurn(noUsage(), turn, now);
    expect(describeUsage('web', own, [own, other], now).split('\n')).toEqual([
      "Session 'web'",
      'Context: 150k of 200k (75 %)',
      'Today: 1 turn · 13.4k in, 250 out · $0.05',
      '7 days: 2 turns · 26.9k in, 500 out · $0.11',
      'In all: 2 turns · 26.9k in, 500 out · $0.11',
      '',
      'All sessions',
      'Today: 2 turns · 26.9k in, 500 out · $0.11',
      '7 days: 3 turns · 40.3k in, 750 out · $0.16',
      '',
      'Plan limits',
      '5 hours: 83 % used, begins anew in 1 h',
    ]);
  });

  it('of a session that was never used says so', () => {
    expect(describeUsage('web', noUsage(), [], now)).toBe(
      "Session 'web'\nToday: nothing\n7 days: nothing\nIn all: nothing\n\nAll sessions\nToday: nothing\n7 days: nothing",
    );
  });
});

describe('in words', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1k'],
    [13_444, '13.4k'],
    [999_960, '1M'],
    [1_250_000, '1.3M'],
  ])('%d tokens are %s', (tokens, words) => {
    expect(describeTokens(tokens)).toBe(words);
  });

  it('a small price is not nothing', () => {
    expect([dollars(0), dollars(0.001), dollars(1.239)]).toEqual(['$0.00', 'less than $0.01', '$1.24']);
  });

  it('a setting says where it comes from', () => {
    const persona = { name: 'p', description: '', system_prompt: '', settings: { model: 'sonnet' } };
    const context = { settings: {}, persona, inactivityMs: 900_000, most: 'default' } as const;
    expect(describeSetting('model', context)).toBe('Model: sonnet (the persona’s)');
    expect(describeSetting('model', { ...context, settings: { model: 'opus' } })).toBe('Model: opus');
    expect(describeSetting('timeout', context)).toBe('Claude is interrupted after 15 min of silence (default)');
  });

  it('what becomes of a cut-off turn is the session’s own word, else the persona’s, else it is continued', () => {
    const persona = { name: 'p', description: '', system_prompt: '', settings: { interrupted: 'stop' } } as const;
    const context = { settings: {}, persona, inactivityMs: 900_000, most: 'default' } as const;
    const described = (more: object) => describeSetting('interrupted', { ...context, ...more });
    expect(described({ settings: { interrupted: 'ask' } })).toMatch(/waits for your answer.*it is continued$/);
    expect(described({})).toBe('A turn that a restart cuts off is not continued, and can be retried (the persona’s)');
    expect(described({ persona: undefined })).toBe('A turn that a restart cuts off is continued (default)');
  });
});

describe('/desk', () => {
  it.each([
    ['/srv/web-1.0/a_b', '/srv/web-1.0/a_b'],
    ["/srv/Ann's files/$HOME", "'/srv/Ann'\\''s files/$HOME'"],
    ['/x;rm -rf ~', "'/x;rm -rf ~'"],
    ['', "''"],
  ])('quotes %j for the shell as %s', (word, quoted) => {
    expect(shellWord(word)).toBe(quoted);
  });
});

describe('/log', () => {
  const context = { asked: [], now: at, redactBeginning: (text: string) => text.replaceAll('secret', '…') };

  it('takes secrets out before it cuts', () => {
    const tail = `${'s'.repeat(2_499)}secret`;
    const tools = [{ name: 'Bash', input: { command: `${'x'.repeat(198)}secret` }, since: at }];
    const text = describeLog(tools, [{ tail, since: at }], context);
    expect(text).toContain(`${'x'.repeat(198)}…\n`);
    expect(text).not.toMatch(/xse|ret/);
  });

  it('shows what runs and the last lines that it printed, whatever is in them', () => {
    const tools = [{ name: 'Bash', input: { command: 'make `all`' }, since: at - 5_000 }];
    const tail = `${Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n')}\n\`\`\`\n`;
    const text = describeLog(tools, [{ tail, since: at - 4_000 }], context);
    expect(text).toMatch(/^⚙️ `Bash` runs for 5 s:\n\n```\nmake `all`\n```\n\nPrinted in 4 s:\n\n````\nline 16\n/);
    expect(text.endsWith('line 39\n```\n````')).toBe(true);
  });

  it('says of what a person has to allow first that it waits, and not that it runs', () => {
    const [asked, other] = ['make', 'ls'].map((command) => ({ name: 'Bash', input: { command }, since: at - 5_000 }));
    const tools = [asked, other] as Parameters<typeof describeLog>[0];
    const requestId = `n-u-1-1-ask-${nameOf({ toolName: 'Bash', input: { command: 'make' } })}-0`;
    const text = describeLog(tools, [], { ...context, asked: [{ requestId, place: undefined }] });
    expect(text).toMatch(/^✋ `Bash` waits for an answer for 5 s:\n\n```\nmake\n[\s\S]*⚙️ `Bash` runs for 5 s:/);
  });

  it('shows text without colours, titles and other residue of a terminal', () => {
    const tail = '\u001b]0;build\u0007\u001b[32mok\u001b[0m\r\n1 %\r2 %\r\n\u001b[1';
    expect(describeLog([], [{ tail, since: at - 4_000 }], context)).toBe('Printed in 4 s:\n\n```\nok\n1 %\n2 %\n```');
  });

  it('is not emptied by a line of NULs, and knows a secret with a colour in it', () => {
    const tail = `first\nsec\u001b[1mret\n${'\0'.repeat(5_000)}\n`;
    const text = describeLog([], [{ tail, since: at - 4_000 }], {
      ...context,
      redactBeginning: (s) => s.replace('secret', '…'),
    });
    expect(text).toBe('Printed in 4 s:\n\n```\nfirst\n…\n```');
  });

  it('says when nothing was printed', () => {
    expect(describeLog([], [{ tail: '', since: at - 60_000 }], context)).toBe('Nothing printed in 1 min.');
  });
});
