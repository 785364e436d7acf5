import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSystem, describeSystems } from './describe-systems.ts';
import { type BeszelSystem, Systems } from './systems.ts';

const body = readFileSync(new URL('../../fixtures/beszel-systems.json', import.meta.url), 'utf8');
const systems = Systems.parse(JSON.parse(body)).items;
const NOW = Date.parse('2026-02-04T15:00:00Z');

function named(wanted: string): BeszelSystem {
  return systems.find(({ name }) => name === wanted) ?? expect.fail(wanted);
}

describe('the systems of Beszel', () => {
  it('are described the worst first: down, full, never reached, paused, and what runs as a table', () => {
    expect(describeSystems(systems, 90, NOW)).toEqual({
      level: 'error',
      title: 'Beszel: 1 down, 1 pending, 1 paused, 2 up, 1 at 90 %+',
      lines: [
        { level: 'error', text: 'vps is down, last change 3 h ago', about: 'vps' },
        { level: 'warn', text: 'dockge: cpu 93 %', about: 'dockge: cpu' },
        { level: 'warn', text: 'dockge: memory 91 %', about: 'dockge: memory' },
        { level: 'unknown', text: 'new was not reached yet', about: 'new' },
        { text: 'nas is paused', about: 'nas' },
      ],
      table: {
        head: ['up', 'cpu', 'mem', 'disk'],
        rows: [
          ['pve', '7 %', '61 %', '18 %'],
          ['dockge', '93 %', '91 %', '88 %'],
        ],
      },
    });
  });

  it('that are well and below the threshold are ok; other disks count too', () => {
    expect(describeSystems([named('pve')], 90, NOW)).toMatchObject({ level: 'ok', title: 'Beszel: 1 up', lines: [] });
    expect(describeSystems([named('pve')], 85, NOW)).toMatchObject({
      level: 'warn',
      lines: [{ level: 'warn', text: 'pve: disk rpool 85 %' }],
    });
  });

  it('of another shape than we know lose what is not understood, not the rest', () => {
    const odd = { name: 'odd', status: 'asleep', info: { cpu: 'much', mp: 50 }, updated: 'yesterday' };
    const { items } = Systems.parse({ items: [odd, { ...odd, status: 'up', info: null }] });
    expect(items[0]).toMatchObject({ name: 'odd', status: 'pending', info: { mp: 50 } });
    expect(describeSystems(items, 90, NOW).table?.rows).toEqual([['odd', '–', '–', '–']]);
  });
});

describe('one system of Beszel', () => {
  it('that is up is shown with all that was measured, what is full and failed first', () => {
    expect(describeSystem(named('dockge'), 90, NOW)).toEqual({
      level: 'warn',
      title: 'Beszel: dockge is up',
      lines: [
        { level: 'warn', text: 'cpu 93 %' },
        { level: 'warn', text: 'memory 91 %' },
        { level: 'warn', text: '2 of 48 services failed' },
        { text: 'disk 88 %' },
        { text: 'load 6.10 5.20 4.80' },
        { text: 'up for 10 d' },
        { text: 'address 10.5.0.10, agent 0.18.8' },
      ],
    });
    expect(describeSystem(named('pve'), 90, NOW).lines).toContainEqual({ text: 'temperature 52 °C' });
  });

  it.each([
    ['vps', 'error', 'vps is down, last change 3 h ago'],
    ['nas', 'ok', 'nas is paused'],
    ['new', 'unknown', 'new was not reached yet'],
  ])('%s is of the level %s, and shows nothing that was measured before', (name, level, text) => {
    const report = describeSystem(named(name), 90, NOW);
    expect(report).toMatchObject({ level, lines: [{ text }, {}] });
    expect(JSON.stringify(report)).not.toContain('cpu');
  });
});
