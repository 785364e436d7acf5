import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeMonitors } from './describe-monitors.ts';
import { readKumaMetrics } from './metrics.ts';
import type { Monitor } from './monitors.ts';

const metrics = (name: string) =>
  readKumaMetrics(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'));

const UP: Monitor = { name: 'site', state: 'up', responseMs: 12.4, uptime: 0.99996 };

describe('the monitors of Kuma', () => {
  it('2.5 are described the worst first, with response times and the uptime of 24 h', () => {
    expect(describeMonitors(metrics('kuma-metrics-2.5.3.txt'))).toEqual({
      level: 'error',
      title: 'Kuma: 3 down, 1 maintained, 2 up',
      lines: [
        { level: 'error', text: 'Dockge "main", eu\\1 is down', about: 'Dockge "main", eu\\1' },
        { level: 'error', text: 'Nginx Proxy Manager is down', about: 'Nginx Proxy Manager' },
        { level: 'error', text: 'PBS push is down, was up 50 % of 24 h', about: 'PBS push' },
        { text: 'Maintained is in maintenance', about: 'Maintained' },
      ],
      table: {
        head: ['up', 'ms', '24 h'],
        rows: [
          ['Forgejo', '5', '100 %'],
          ['Technitium DNS', '1', '100 %'],
        ],
      },
    });
  });

  it('1.23, without ids and ratios, are described as well', () => {
    const report = describeMonitors(metrics('kuma-metrics-1.23-shape.txt'));
    expect(report.title).toBe('Kuma: 3 down, 1 maintained, 2 up');
    expect(report.table?.rows).toEqual([
      ['Forgejo', '5', '–'],
      ['Technitium DNS', '1', '–'],
    ]);
  });

  it('of the same name are told apart, with an id and without', () => {
    const two = (label: string) =>
      [1, 2].map(
        (n) =>
          `monitor_status{${label}="${n}",monitor_name="a"} 1\nmonitor_response_time{${label}="${n}",monitor_name="a"} ${n}`,
      );
    for (const label of ['monitor_id', 'monitor_url']) {
      expect(readKumaMetrics(two(label).join('\n')).map(({ responseMs }) => responseMs)).toEqual([1, 2]);
    }
  });

  it('never show the address of a monitor', () => {
    expect(JSON.stringify(describeMonitors(metrics('kuma-metrics-2.5.3.txt')))).not.toContain('127.0.0.1');
  });

  it('that all are up are one word, and 100 % means always', () => {
    const report = describeMonitors([UP, { ...UP, name: 'b', uptime: 1 }, { ...UP, name: 'c', uptime: 0.5 }]);
    expect(report).toMatchObject({ level: 'ok', title: 'Kuma: all 3 up', lines: [] });
    expect(report.table?.rows.map(([, , uptime]) => uptime)).toEqual(['100 %', '50 %', '99.9 %']);
  });

  it.each([
    [15, 'ok', []],
    [14, 'ok', []],
    [13.9, 'warn', [{ level: 'warn', text: 'site: certificate ends in 13 d' }]],
    [-1, 'error', [{ level: 'error', text: 'site: certificate has ended' }]],
  ])('with a certificate of %d days are of the level %s', (certificateDays, level, lines) => {
    expect(describeMonitors([{ ...UP, certificateDays }])).toMatchObject({ level, lines });
  });

  it('that are up without a response time, as pushed ones, show none', () => {
    const text = 'monitor_status{monitor_id="1",monitor_name="push"} 1\nmonitor_response_time{monitor_id="1"} -1\n';
    expect(describeMonitors(readKumaMetrics(text)).table?.rows).toEqual([['push', '–', '–']]);
  });

  it('have their certificate’s days from the metrics', () => {
    const labels = 'monitor_id="1",monitor_name="a"';
    const text = `monitor_status{${labels}} 1\nmonitor_cert_days_remaining{${labels}} 9\n`;
    expect(readKumaMetrics(text)).toEqual([{ name: 'a', state: 'up', certificateDays: 9 }]);
  });

  it('can be asked for by a part of the name, in any case', () => {
    const report = describeMonitors(metrics('kuma-metrics-2.5.3.txt'), 'FORGE');
    expect(report).toMatchObject({ level: 'ok', title: 'Kuma: 1 up', table: { rows: [['Forgejo', '5', '100 %']] } });
  });

  it('of which none has the name are listed', () => {
    expect(describeMonitors([UP], 'nope')).toEqual({
      level: 'unknown',
      title: 'Kuma: no monitor named “nope”',
      lines: [{ level: 'unknown', text: 'There are: site' }],
    });
  });

  it('that are not there are said so, and are not well', () => {
    expect(describeMonitors([])).toMatchObject({ level: 'unknown', title: 'Kuma: nothing to see' });
  });

  it('with a pending one warn', () => {
    const report = describeMonitors([UP, { name: 'slow', state: 'pending' }]);
    expect(report).toMatchObject({ level: 'warn', title: 'Kuma: 1 pending, 1 up', lines: [{ level: 'warn' }] });
  });
});
