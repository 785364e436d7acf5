import { type Level, type Report, type ReportLine, reportOf } from '../contract/report.ts';
import { shortName } from '../format/short-name.ts';
import { showAge, showSpan } from '../format/show-age.ts';
import { tally } from '../format/tally.ts';
import type { BeszelSystem } from './systems.ts';

const WORST_FIRST = ['down', 'pending', 'paused', 'up'] as const;

/** All systems: those that are down, then those of which anything is at `warnPercent`, then a table of what runs. */
export function describeSystems(systems: readonly BeszelSystem[], warnPercent: number, now: number): Report {
  const sorted = [...systems].sort((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status));
  const up = sorted.filter(({ status }) => status === 'up');
  const full = up.map((system) => fullLines(system, warnPercent)).filter((some) => some.length > 0);
  const lines = [
    ...sorted.filter((system) => !up.includes(system)).map((system) => statusLine(system, now)),
    ...full.flat(),
  ];
  const counts = WORST_FIRST.map((one) => [systems.filter(({ status }) => status === one).length, one] as const);
  const title = `Beszel: ${tally(counts)}${full.length > 0 ? `, ${full.length} at ${warnPercent} %+` : ''}`;
  return reportOf(title, lines, { head: ['up', 'cpu', 'mem', 'disk'], rows: up.map(rowOf) });
}

/** One system with all that its agent measured. */
export function describeSystem(system: BeszelSystem, warnPercent: number, now: number): Report {
  const { host, info, status } = system;
  const lines: ReportLine[] = [];
  if (status !== 'up') lines.push(statusLine(system, now));
  // What a system that is not up had measured before says nothing about now.
  else lines.push(...[...uses(system)].map(([name, value]) => useLine(name, value, warnPercent)), ...moreLines(info));
  const about = [host && `address ${host}`, info.v && `agent ${info.v}`].filter(Boolean).join(', ');
  if (about) lines.push({ text: about });
  return reportOf(`Beszel: ${shortName(system.name)} is ${status}`, lines);
}

function statusLine({ name, status, updated }: BeszelSystem, now: number): ReportLine {
  const level: Partial<Record<string, Level>> = { down: 'error', pending: 'unknown' };
  const age = Number.isNaN(updated) ? '' : `, last change ${showAge(updated, now)}`;
  const text = status === 'pending' ? 'was not reached yet' : `is ${status}${status === 'down' ? age : ''}`;
  return { ...(level[status] && { level: level[status] }), text: `${shortName(name)} ${text}`, about: name };
}

function fullLines(system: BeszelSystem, warnPercent: number): ReportLine[] {
  const full = [...uses(system)].filter(([, value]) => value >= warnPercent);
  return full.map(([name, value]) => ({
    level: 'warn',
    text: `${shortName(system.name)}: ${name} ${percent(value)}`,
    about: `${system.name}: ${name}`,
  }));
}

function useLine(name: string, value: number, warnPercent: number): ReportLine {
  return { ...(value >= warnPercent && { level: 'warn' as const }), text: `${name} ${percent(value)}` };
}

/** Rounded down: 90 means that it is at least that. */
function percent(value: number): string {
  return `${Math.floor(value)} %`;
}

/** What is used of a system, in percent, by name. */
function uses({ info }: BeszelSystem): Map<string, number> {
  const others = Object.entries(info.efs ?? {}).map(([name, value]) => [`disk ${shortName(name)}`, value] as const);
  const all = [['cpu', info.cpu], ['memory', info.mp], ['disk', info.dp], ...others, ['gpu', info.g]] as const;
  return new Map(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function moreLines({ sv, la, dt, u }: BeszelSystem['info']): ReportLine[] {
  const [services, failed = 0] = sv ?? [];
  return [
    ...(failed > 0 ? [{ level: 'warn' as const, text: `${failed} of ${services} services failed` }] : []),
    ...(la ? [{ text: `load ${la.map((load) => load.toFixed(2)).join(' ')}` }] : []),
    ...(dt === undefined ? [] : [{ text: `temperature ${Math.round(dt)} °C` }]),
    ...(u === undefined ? [] : [{ text: `up for ${showSpan(u * 1_000)}` }]),
  ];
}

function rowOf({ name, info }: BeszelSystem): string[] {
  const cell = (value: number | undefined) => (value === undefined ? '–' : percent(value));
  return [shortName(name, 16), cell(info.cpu), cell(info.mp), cell(info.dp)];
}
