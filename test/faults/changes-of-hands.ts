import { groupBy } from './group-by.ts';
import type { FaultDone, HistoryEvent, LeaseSeen } from './history.ts';

/** How a worker lost a session, or gave it up. */
export interface ChangeOfHands {
  /**
   * `take-over`: its worker was killed or frozen · `hand-over`: its worker was told to stop · `letting-go`: the same for a session
   * without work, which nobody else needs to have.
   */
  readonly kind: 'take-over' | 'hand-over' | 'letting-go';
  readonly session: string;
  /** From the fault to the next worker's grant, in ms; when letting go, to the release. */
  readonly sinceFaultMs: number;
  /** From the release to the next worker's grant; for a hand-over. */
  readonly sinceReleaseMs?: number;
  /** Redis was away in between, so that nobody could be granted anything. */
  readonly disturbed: boolean;
}

type At<T> = T & { readonly at: number };

/** For how long after Redis is back what happens is counted as its doing, in ms: all processes must first have found it. */
const AFTERMATH_MS = 3_000;

/** Every change of a session from a worker that was killed, frozen or stopped to another or, if it stopped, to nobody. Pure. */
export function changesOfHands(events: readonly HistoryEvent[]): ChangeOfHands[] {
  const leases = groupBy(events.filter(isLease), ({ session }) => session);
  const outages = outagesOf(events);
  return events.flatMap((event) => {
    if (event.type !== 'fault' || event.owner === undefined) return [];
    const { busy = [], idle = [] } = event;
    return [...busy, ...idle].flatMap((session) => {
      const later = (leases.get(session) ?? []).filter(({ at }) => at >= event.at);
      const change = idle.includes(session) ? lettingGo(event, later) : changeAfter(event, later);
      if (!change) return [];
      const until = event.at + change.sinceFaultMs;
      const disturbed = outages.some(({ from, to }) => from <= until && to >= event.at);
      return [{ ...change, session, disturbed }];
    });
  });
}

function changeAfter(fault: At<FaultDone>, leases: readonly At<LeaseSeen>[]) {
  const grant = leases.find(({ owner }) => owner !== undefined && owner !== fault.owner);
  if (!grant) return undefined;
  const sinceFaultMs = grant.at - fault.at;
  if (fault.name !== 'worker-stop') return { kind: 'take-over', sinceFaultMs } as const;
  const end = leases.find(({ owner }) => owner !== fault.owner);
  // It ended its work in the time it had: nobody needed to go on.
  if (end?.owner === undefined && end?.open === 0) return undefined;
  return { kind: 'hand-over', sinceFaultMs, sinceReleaseMs: grant.at - (end?.at ?? grant.at) } as const;
}

/** A dead worker lets nothing go: its idle sessions wait until somebody needs them. */
function lettingGo(fault: At<FaultDone>, leases: readonly At<LeaseSeen>[]) {
  const end = leases.find(({ owner }) => owner !== fault.owner);
  if (!end || fault.name !== 'worker-stop') return undefined;
  return { kind: 'letting-go', sinceFaultMs: end.at - fault.at } as const;
}

/** When Redis was away, in ms since the epoch. */
function outagesOf(events: readonly HistoryEvent[]): { from: number; to: number }[] {
  const redis = events.filter(
    (event) => (event.type === 'fault' || event.type === 'healed') && event.victim === 'redis',
  );
  return redis.flatMap((event, i) => {
    if (event.type !== 'fault') return [];
    const back = redis.slice(i).find(({ type }) => type === 'healed');
    return [{ from: event.at, to: (back?.at ?? Number.POSITIVE_INFINITY) + AFTERMATH_MS }];
  });
}

function isLease(event: HistoryEvent): event is At<LeaseSeen> {
  return event.type === 'lease';
}
