import type { Settings } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { listRules, revokeRule } from './allowed-rules.ts';

const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const revoke = (rule: string) => ({ version: 1, session: 'web', origin, kind: 'revoke', rule }) as const;

/** The settings of a session, in memory. */
function storeOf(settings: Settings) {
  const store = {
    settings,
    readSettings: async () => ({ status: 'ok', value: store.settings }) as const,
    writeSettings: async (_name: string, written: Settings) => {
      store.settings = written;
    },
  };
  return store as typeof store & Parameters<typeof revokeRule>[1];
}

describe('what is always allowed', () => {
  it('is listed with a button each, the newest first, and none if there is nothing', () => {
    const { lines, rows } = listRules(['Bash(ls *)', 'Bash(x\u202e *)']);
    expect(lines.slice(1)).toEqual(['1. Bash(x\\u{202e} *)', '2. Bash(ls *)']);
    expect(rows.map((row) => row.map(({ label }) => label))).toEqual([
      ['✖ 1. Bash(x\\u{202e} *)'],
      ['✖ 2. Bash(ls *)'],
    ]);
    expect(listRules()).toEqual({ lines: [], rows: [] });
  });

  it('is counted where there is more than fits a phone', () => {
    const { lines, rows } = listRules(Array.from({ length: 20 }, (_, index) => `Bash(${'x'.repeat(300)}${index})`));
    expect([rows.length, lines.at(-1)]).toEqual([16, '… and 4 older']);
    expect(lines.join('\n').length).toBeLessThan(4_000);
  });

  it('is taken back by the button of exactly that rule, or by its name; a second time changes nothing', async () => {
    const store = storeOf({ effort: 'high', allowed: ['Bash(ls *)', 'Bash(rm *)', 'Read'] });
    const [, rm] = listRules(store.settings.allowed).rows.flat();
    const mark = rm?.act.do === 'command' ? rm.act.text.replace('/mode revoke ', '') : '';
    expect(await revokeRule(revoke(mark), store)).toMatch(/No longer allowed unasked.*: Bash\(rm \*\)$/);
    expect(store.settings).toEqual({ effort: 'high', allowed: ['Bash(ls *)', 'Read'] });
    expect(await revokeRule(revoke(mark), store)).toMatch(/not always allowed here/);
    expect(await revokeRule(revoke('Bash(ls *)'), store)).toMatch(/: Bash\(ls \*\)$/);
    expect(store.settings).toEqual({ effort: 'high', allowed: ['Read'] });
  });
});
