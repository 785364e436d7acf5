import type { HouseReport } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { renderReport } from './render-report.ts';

const report: HouseReport = { level: 'ok', title: 'Kuma: 2 up', lines: [] };

describe('a report', () => {
  it('begins with its level and its title in bold, and has a sign before each line of a level', () => {
    const lines = [{ level: 'error', text: 'nas is down' } as const, { text: 'All else is up' }];
    const { text, entities } = renderReport({ ...report, level: 'error', lines });
    expect(text).toBe('🔴 Kuma: 2 up\n🔴 nas is down\nAll else is up');
    expect(entities).toEqual([{ type: 'bold', offset: 3, length: 10 }]);
  });

  it.each([
    ['ok', '🟢'],
    ['unknown', '⚪'],
    ['warn', '🟡'],
    ['error', '🔴'],
  ] as const)('of the level %s begins with %s', (level, sign) => {
    expect(renderReport({ ...report, level }).text).toBe(`${sign} Kuma: 2 up`);
  });

  it('has its table as an aligned block, numbers to the right', () => {
    const table = {
      head: ['up', 'ms', '24 h'],
      rows: [
        ['nas', '7', '99.9 %'],
        ['Küche 📷', '123', '100 %'],
      ],
    };
    const { text, entities } = renderReport({ ...report, lines: [], table });
    expect(text).toBe('🟢 Kuma: 2 up\nup         ms    24 h\nnas         7  99.9 %\nKüche 📷  123   100 %');
    expect(entities.at(-1)).toMatchObject({ type: 'pre', offset: 14 });
  });

  it('with an empty table has none', () => {
    expect(renderReport({ ...report, lines: [], table: { head: ['up'], rows: [] } }).text).toBe('🟢 Kuma: 2 up');
  });

  it('keeps each line on its line, whatever a service calls its things', () => {
    const lines = [{ text: 'a\n🔴 b\u202e\t c' }];
    expect(renderReport({ ...report, title: 'x\ny', lines }).text).toBe('🟢 x y\na 🔴 b c');
  });
});
