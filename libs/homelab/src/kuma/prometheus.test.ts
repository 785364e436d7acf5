import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePrometheus } from './prometheus.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

describe('a text in the format of Prometheus', () => {
  it('of Uptime Kuma is read as another parser reads it', () => {
    const expected = JSON.parse(fixture('kuma-metrics-2.5.3.parsed.json'));
    const samples = parsePrometheus(fixture('kuma-metrics-2.5.3.txt'));
    expect(samples.filter(({ name }) => name.startsWith('monitor_'))).toEqual(expected);
  });

  it.each([
    ['up 1', { name: 'up', labels: {}, value: 1 }],
    ['up{} 1 1712000000000', { name: 'up', labels: {}, value: 1 }],
    ['m{a="x} 5",b="\\"q\\" \\\\n\\n"} -2.5e3\r', { name: 'm', labels: { a: 'x} 5', b: '"q" \\n\n' }, value: -2500 }],
    ['m{a="",} +Inf', { name: 'm', labels: { a: '' }, value: Infinity }],
    ['m NaN', { name: 'm', labels: {}, value: NaN }],
  ])('has in the line %j one sample', (line, sample) => {
    expect(parsePrometheus(`# TYPE m gauge\n${line}\n\n<html>\n`)).toEqual([sample]);
  });
});
