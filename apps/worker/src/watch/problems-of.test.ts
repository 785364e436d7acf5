import type { Report, ReportLine } from '@signalbox/homelab';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems-of.ts';

const reportOf = (...lines: ReportLine[]): Report => ({ level: 'error', title: 'PBS', lines });
const keys = (...lines: ReportLine[]) => Object.keys(problemsOf('pbs', reportOf(...lines)).found);
const warn = (text: string, about?: string): ReportLine => ({ level: 'warn', text, ...(about && { about }) });

describe('a line of a report', () => {
  it('is about what it says it is about', () => {
    expect(keys(warn('nas is down, was up 50 % of 24 h', 'nas'))).toEqual(['pbs: nas']);
  });

  it('that does not say is about the same whatever its figures and ages are', () => {
    expect(keys(warn('nas: down for 3 min'))).toEqual(keys(warn('nas: down for 14 h')));
    expect(keys(warn('main 91.5 % full'))).toEqual(keys(warn('main 92 % full')));
  });

  it.each([
    ['pve1 is down', 'pve2 is down'],
    ['Backup main:ct/100 failed 3 h ago', 'Backup main:ct/101 failed 3 h ago'],
    ['10.5.0.20 is silent', '10.5.0.21 is silent'],
    ['disk-1 s', 'disk-2 s'],
  ])('is not about another thing whose name has another figure: %s', (one, other) => {
    expect(keys(warn(one))).not.toEqual(keys(warn(other)));
  });

  it('that is well is no trouble', () => {
    const lines: ReportLine[] = [{ text: 'GC: 8 h ago' }, { level: 'ok', text: 'all is well' }];
    expect(problemsOf('pbs', { level: 'ok', title: 'PBS', lines }).found).toEqual({});
  });
});

describe('a report', () => {
  it('of a service that could not be asked is trouble by itself, and hides all else', () => {
    const look = problemsOf('kuma', { level: 'error', title: 'kuma', lines: [{ text: 'KUMA_URL does not answer.' }] });
    expect(look.found).toEqual({ 'kuma: as a whole': { level: 'error', text: 'KUMA_URL does not answer.' } });
    expect(look.isHidden('kuma: nas')).toBe(true);
  });

  it('of which a part could not be asked tells of the rest, and hides what it does not show', () => {
    const unknown: ReportLine = { level: 'unknown', text: 'Failed tasks: no answer within 5 s.' };
    const look = problemsOf('pbs', reportOf(warn('main is 91 % full', 'use of main'), unknown));
    expect(look.found).toEqual({
      'pbs: use of main': { level: 'warn', text: 'main is 91 % full' },
      'pbs: as a whole': { level: 'warn', text: 'Failed tasks: no answer within 5 s.' },
    });
    expect(look.isHidden('pbs: backup ct/100')).toBe(true);
  });

  it('with one thing of which nothing is known hides that thing alone', () => {
    const look = problemsOf('ping', reportOf({ level: 'unknown', text: 'nas: no time left', about: 'nas' }));
    expect(look.found).toEqual({});
    expect([look.isHidden('ping: nas'), look.isHidden('ping: npm')]).toEqual([true, false]);
  });
});
