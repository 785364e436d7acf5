import { describe, expect, it } from 'vitest';
import { performancePage } from './performance-page.ts';
import { comparison, type Row } from './row.ts';

const page = (...rows: Row[]) =>
  performancePage({ rows, date: new Date(0), command: 'npm run bench', pairs: 60, surroundings: [['Node', '20']] });
const row = (ours: number, atMost: number) =>
  comparison({ what: 'the way', ours: [ours], baseline: [2], against: 'the floor', by: 'ratio', atMost });

describe('the page', () => {
  it('says plainly when a goal was missed', () => {
    const text = page(row(4, 1.25));
    expect(text).toContain('**1 of 1 goals was missed: “the way”.**');
    expect(text).toContain(
      '| the way | 4.00 ms | the floor: 2.00 ms | 2.00 (2.00–2.00) × | ≤ 1.25 × | ❌ **missed** |',
    );
  });

  it('says when all were met', () => {
    const text = page(row(4, 2));
    expect(text).toContain('All 1 goals were met.');
    expect(text).not.toContain('missed');
  });

  it('judges by the value itself and not by its rounded form', () => {
    expect(page(row(2.504, 1.25))).toContain('missed');
  });

  it('tells when and with what it was measured', () => {
    const text = page(row(4, 2));
    expect(text).toContain('| Date | 1970-01-01 00:00 |');
    expect(text).toContain('| Command | `npm run bench` |');
    expect(text).toContain('| Node | 20 |');
  });
});
