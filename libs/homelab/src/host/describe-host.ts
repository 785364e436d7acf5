import { type Report, type ReportLine, reportOf } from '../contract/report.ts';
import { showSpan } from '../format/show-age.ts';
import { showBytes } from '../format/show-amount.ts';
import type { DiskUse, HostFacts, Use } from './facts.ts';

/** From how much of anything on it is said. */
const WARN_PERCENT = 90;

/** This machine in a few lines, those that are full first. */
export function describeHost({ cpus, load, memory, swap, uptimeMs, disks }: HostFacts): Report {
  // The average of 5 minutes, as a part of what the processors can do: one figure, the same wherever this host is shown.
  const [, five = 0] = load;
  const busy = percent({ used: five, total: cpus });
  const of = cpus === 1 ? '1 CPU' : `${cpus} CPUs`;
  const lines: ReportLine[] = [
    mark(busy >= WARN_PERCENT, `load ${busy} % of ${of}, over 5 min`, 'load'),
    useLine('memory', memory),
    ...(swap ? [useLine('swap', swap)] : []),
    ...disks.map(diskLine),
    { text: `up for ${showSpan(uptimeMs)}` },
  ];
  const fullest = Math.max(...disks.flatMap(({ use }) => (use ? [percent(use)] : [])), 0);
  return reportOf(`This host: load ${busy} %, mem ${percent(memory)} %, disk ${fullest} %`, lines);
}

function diskLine({ path, use, failure }: DiskUse): ReportLine {
  if (use) return useLine(`disk ${path}`, use);
  return { level: 'unknown', text: `disk ${path} cannot be read: ${failure}`, about: `disk ${path}` };
}

function useLine(what: string, use: Use): ReportLine {
  return mark(
    percent(use) >= WARN_PERCENT,
    `${what} ${percent(use)} % (${showBytes(use.used)} of ${showBytes(use.total)})`,
    what,
  );
}

function mark(warn: boolean, text: string, about: string): ReportLine {
  return warn ? { level: 'warn', text, about } : { text };
}

/** Rounded down: 90 means that it is at least that. */
function percent({ used, total }: Use): number {
  return total > 0 ? Math.floor((used / total) * 100) : 0;
}
