import { type Report, type ReportLine, reportOf } from '../contract/report.ts';
import { shortName } from '../format/short-name.ts';
import { tally } from '../format/tally.ts';
import type { PingHost } from './hosts.ts';
import type { PingAnswer } from './read-ping.ts';

interface Probed {
  readonly host: PingHost;
  readonly answer: PingAnswer;
}

const WORST_FIRST = ['silent', 'closed', 'unknown', 'alive'] as const;
const WORDS = { silent: 'silent', closed: 'without its port', unknown: 'not known', alive: 'alive' };
const CLOSED = { refused: 'refuses connections at', silent: 'is there, but does not answer at' };

/** Which hosts answer, the silent ones first, and which are there without the port that they were named with. */
export function describePing(all: readonly Probed[]): Report {
  const counts = WORST_FIRST.map(
    (kind) => [all.filter(({ answer }) => answer.kind === kind).length, WORDS[kind]] as const,
  );
  return reportOf(`Ping: ${tally(counts)}`, all.flatMap(lineOf), {
    head: ['host', 'ms', 'by'],
    rows: all.flatMap(rowOf),
  });
}

function lineOf({ host, answer }: Probed): ReportLine[] {
  if (answer.kind === 'silent')
    return [{ level: 'error', text: `${shortName(host.name)} does not answer (${answer.via})`, about: host.name }];
  if (answer.kind === 'closed') {
    const text = `${shortName(host.name)} ${CLOSED[answer.how]} port ${answer.port}`;
    return [{ level: 'error', text, about: `${host.name} port ${answer.port}` }];
  }
  if (answer.kind === 'unknown')
    return [{ level: 'unknown', text: `${shortName(host.name)}: ${answer.why}`, about: host.name }];
  return answer.lostPercent > 0
    ? [{ level: 'warn', text: `${shortName(host.name)} loses ${answer.lostPercent} % of packets`, about: host.name }]
    : [];
}

function rowOf({ host, answer }: Probed): string[][] {
  if (answer.kind !== 'alive') return [];
  return [[shortName(host.name, 16), answer.ms === undefined ? '–' : answer.ms.toFixed(1), answer.via]];
}
