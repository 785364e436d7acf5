import { readAccounts } from './accounts.ts';
import { checkModel } from './check-model.ts';
import { findDoubled, findLost, findMisplaced, findReorderedReplies } from './check-replies.ts';
import type { HistoryEvent } from './history.ts';
import type { Violation } from './violation.ts';

/** Everything in a history that breaks a promise, in the order of time. Pure. */
export function checkHistory(events: readonly HistoryEvent[]): Violation[] {
  const accounts = readAccounts(events);
  const found = [
    ...findLost(accounts),
    ...findDoubled(accounts),
    ...findMisplaced(accounts),
    ...findReorderedReplies(accounts),
    ...checkModel(events, accounts),
    ...checkProcesses(events),
  ];
  return found.sort((a, b) => a.at - b.at);
}

function checkProcesses(events: readonly HistoryEvent[]): Violation[] {
  return events.flatMap((event): Violation[] => {
    const { at } = event;
    if (event.type === 'died') return [{ kind: 'died', at, detail: `${event.victim} ${event.how}` }];
    if (event.type === 'left') return [{ kind: 'left behind', at, detail: event.what }];
    if (event.type !== 'census') return [];
    return Object.entries(event.claudes)
      .filter(([, pids]) => pids.length > 1)
      .map(([session, pids]) => ({
        kind: 'two Claudes',
        at,
        detail: `Session ${session} had the processes ${pids.join(' and ')}`,
      }));
  });
}
