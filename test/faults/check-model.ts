import { type Account, endOf } from './accounts.ts';
import { groupBy } from './group-by.ts';
import type { Asked, HistoryEvent } from './history.ts';
import type { Violation } from './violation.ts';

type Request = Asked & { readonly at: number };

/** Whether every conversation at the model held each message once, in order, with all that was answered, and no other session's. */
export function checkModel(events: readonly HistoryEvent[], accounts: ReadonlyMap<string, Account>): Violation[] {
  const requests = events.filter((event): event is Request => event.type === 'asked' && event.ids.length > 0);
  const bySession = groupBy(requests, ({ ids }) => sessionOf(ids.at(-1) ?? ''));
  return [...bySession].flatMap(([session, ofSession]) => {
    const own = [...accounts.values()].filter(({ said }) => said.session === session && said.kind !== 'new');
    return [
      ...firstOfEach(ofSession.flatMap(findRepeated)),
      ...firstOfEach(ofSession.flatMap(findForeign)),
      ...firstOfEach(ofSession.flatMap((request) => findForgotten(request, own))),
      ...findReorderedRequests(ofSession),
    ];
  });
}

function findRepeated({ ids, at }: Request): Violation[] {
  return ids.flatMap((id, i): Violation[] => {
    if (ids.indexOf(id) !== i)
      return [{ kind: 'turn twice', id, at, detail: `${id} stands twice in ${ids.join(' ')}` }];
    const before = ids[i - 1];
    if (before === undefined || numberOf(before) <= numberOf(id)) return [];
    return [{ kind: 'reordered', id, at, detail: `At the model ${id} stands behind ${before}` }];
  });
}

function findForeign({ ids, at }: Request): Violation[] {
  const session = sessionOf(ids.at(-1) ?? '');
  const foreign = ids.filter((id) => sessionOf(id) !== session);
  return foreign.map((id) => ({ kind: 'misdirected', id, at, detail: `${id} stands in a conversation of ${session}` }));
}

/** What a person has read, a resumed Claude must remember. */
function findForgotten({ ids, at }: Request, own: readonly Account[]): Violation[] {
  return own.flatMap((account) => {
    const end = endOf(account);
    if (end?.says !== 'answer' || end.at >= at || ids.includes(account.said.id)) return [];
    const detail = `${account.said.id} was answered, but the conversation at ${ids.at(-1)} does not hold it`;
    return [{ kind: 'forgotten', id: account.said.id, at, detail } as const];
  });
}

/** The model must not be asked about a message again after it was asked about the next. */
function findReorderedRequests(requests: readonly Request[]): Violation[] {
  let latest = '';
  return firstOfEach(
    requests.flatMap(({ ids, at }) => {
      const id = ids.at(-1) ?? '';
      if (latest === '' || numberOf(id) >= numberOf(latest)) {
        latest = id;
        return [];
      }
      return [{ kind: 'reordered', id, at, detail: `The model was asked about ${id} after ${latest}` } as const];
    }),
  );
}

/** Later conversations hold all that earlier ones held, its faults too: each is told once. */
function firstOfEach(violations: readonly Violation[]): Violation[] {
  const known = new Set<string>();
  return violations.filter(({ kind, id }) => {
    const key = `${kind} ${id}`;
    return known.has(key) ? false : known.add(key);
  });
}

function sessionOf(id: string): string {
  return id.slice(0, id.lastIndexOf('-'));
}

function numberOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1));
}
