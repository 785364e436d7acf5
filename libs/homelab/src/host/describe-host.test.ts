import { describe, expect, it } from 'vitest';
import { describeHost } from './describe-host.ts';
import { type HostFacts, readHost, readMemory } from './facts.ts';

const GIB = 1024 ** 3;

const CALM: HostFacts = {
  cpus: 4,
  load: [1.5, 1.2, 1],
  memory: { used: 2 * GIB, total: 8 * GIB },
  uptimeMs: 3 * 86_400_000,
  disks: [{ path: '/', use: { used: 30 * GIB, total: 100 * GIB } }],
};

describe('a host', () => {
  it('that is calm is said so in one line, with all in the others', () => {
    expect(describeHost(CALM)).toEqual({
      level: 'ok',
      title: 'This host: load 30 %, mem 25 %, disk 30 %',
      lines: [
        { text: 'load 30 % of 4 CPUs, over 5 min' },
        { text: 'memory 25 % (2.0 GiB of 8.0 GiB)' },
        { text: 'disk / 30 % (30 GiB of 100 GiB)' },
        { text: 'up for 3 d' },
      ],
    });
  });

  it.each([
    ['load', { load: [0, 3.6, 0] }, 'load 90 % of 4 CPUs, over 5 min'],
    ['memory', { memory: { used: 7.2 * GIB, total: 8 * GIB } }, 'memory 90 % (7.2 GiB of 8.0 GiB)'],
    ['swap', { swap: { used: GIB, total: GIB } }, 'swap 100 % (1.0 GiB of 1.0 GiB)'],
    ['disk /srv', { disks: [{ path: '/srv', use: { used: 95, total: 100 } }] }, 'disk /srv 95 % (95 B of 100 B)'],
  ])('with its %s at 90 %% or more warns, and says it first', (about, facts, text) => {
    const { level, lines } = describeHost({ ...CALM, ...facts });
    expect({ level, first: lines[0] }).toEqual({ level: 'warn', first: { level: 'warn', text, about } });
  });

  it('whose memory programs could get back counts it as free; without /proc it asks the system', () => {
    const meminfo =
      'MemTotal:        1000 kB\nMemFree:          100 kB\nMemAvailable:     700 kB\nSwapTotal:         0 kB\nSwapFree:          0 kB\n';
    expect(readMemory(meminfo, CALM.memory)).toEqual({ memory: { used: 300 * 1024, total: 1000 * 1024 } });
    expect(readMemory('', CALM.memory)).toEqual({ memory: CALM.memory });
  });

  it('with a path that is not there says so, and shows the rest; one file system is shown once', async () => {
    const facts = await readHost(['/', '/.', '/nowhere']);
    expect(facts.disks.map(({ path }) => path)).toEqual(['/', '/nowhere']);
    const report = describeHost({ ...CALM, disks: facts.disks });
    expect(report.lines).toContainEqual({
      level: 'unknown',
      text: 'disk /nowhere cannot be read: ENOENT',
      about: 'disk /nowhere',
    });
    expect(report.lines.some(({ text }) => /^disk \/ \d+ % /.test(text))).toBe(true);
  });
});
