import { type Level, type Report, type ReportLine, reportOf } from '../contract/report.ts';
import { shortName } from '../format/short-name.ts';
import { tally } from '../format/tally.ts';
import type { Monitor, MonitorState } from './monitors.ts';

/** A certificate that ends in fewer days than this is said. */
const CERTIFICATE_DAYS = 14;

const WORST_FIRST: readonly MonitorState[] = ['down', 'pending', 'maintained', 'paused', 'up'];
const LEVELS: Partial<Record<MonitorState, Level>> = { down: 'error', pending: 'warn' };
const WORDS: Record<MonitorState, string> = {
  down: 'is down',
  pending: 'is pending',
  maintained: 'is in maintenance',
  paused: 'is paused',
  up: 'is up',
};

/** How Kuma's monitors are, those with `filter` in their names. `notes` stand before them: incidents, and what could not be asked. */
export function describeMonitors(all: readonly Monitor[], filter = '', notes: readonly ReportLine[] = []): Report {
  const chosen = all.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  if (chosen.length === 0) return nothingToShow(all, filter, notes);
  const sorted = [...chosen].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const troubles = sorted.filter(({ state }) => state !== 'up').map(lineOf);
  const ending = sorted.filter(({ certificateDays: days }) => days !== undefined && days < CERTIFICATE_DAYS);
  const lines = [...notes, ...troubles, ...ending.map(certificateLine)];
  const up = sorted.filter(({ state }) => state === 'up');
  const title = `Kuma: ${tally([
    ...WORST_FIRST.map((state) => [sorted.filter((monitor) => monitor.state === state).length, state] as const),
    [ending.length, `certificate${ending.length === 1 ? '' : 's'} ending`],
  ])}`;
  return reportOf(title, lines, { head: ['up', 'ms', '24 h'], rows: up.map(rowOf) });
}

function rank({ state }: Monitor): number {
  return WORST_FIRST.indexOf(state);
}

function lineOf({ name, state, uptime }: Monitor): ReportLine {
  const text = `${shortName(name)} ${WORDS[state]}`;
  const level = LEVELS[state];
  const past = state === 'down' && uptime !== undefined && uptime > 0 ? `, was up ${percent(uptime)} of 24 h` : '';
  return { ...(level && { level }), text: text + past, about: name };
}

function certificateLine({ name, certificateDays = 0 }: Monitor): ReportLine {
  const days = Math.floor(certificateDays);
  return days < 0
    ? { level: 'error', text: `${shortName(name)}: certificate has ended`, about: `certificate of ${name}` }
    : { level: 'warn', text: `${shortName(name)}: certificate ends in ${days} d`, about: `certificate of ${name}` };
}

function rowOf({ name, responseMs, uptime }: Monitor): string[] {
  return [
    shortName(name),
    responseMs === undefined ? '–' : String(Math.round(responseMs)),
    uptime === undefined ? '–' : percent(uptime),
  ];
}

/** Rounded down, that 100 % means always. */
function percent(ratio: number): string {
  const tenths = Math.floor(ratio * 1_000) / 10;
  return `${tenths >= 99 && tenths < 100 ? tenths.toFixed(1) : Math.floor(tenths)} %`;
}

function nothingToShow(all: readonly Monitor[], filter: string, notes: readonly ReportLine[]): Report {
  const names = all.map(({ name }) => shortName(name));
  const known = `There are: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
  const none = 'It shows no monitor: all are paused, or there is none.';
  const title = names.length > 0 ? `Kuma: no monitor named “${shortName(filter)}”` : 'Kuma: nothing to see';
  return reportOf(title, [...notes, { level: 'unknown', text: names.length > 0 ? known : none }]);
}
