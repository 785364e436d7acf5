import { type Account, endOf, readAccounts } from './accounts.ts';
import { type ChangeOfHands, changesOfHands } from './changes-of-hands.ts';
import { groupBy } from './group-by.ts';
import type { HistoryEvent, MessageKind } from './history.ts';
import { VIOLATIONS, type Violation, type ViolationKind } from './violation.ts';

/** A series of times in ms. */
export interface Times {
  readonly count: number;
  readonly median: number;
  readonly max: number;
}

/** What came of a run. */
export interface Figures {
  readonly chats: number;
  readonly messages: Readonly<Record<MessageKind, number>>;
  /** How often each fault came. */
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<ViolationKind, number>>;
  /** From a message to its answer, with all that went wrong in between. */
  readonly answers: Times;
  /** Messages that ended in a notice instead: after the most tries, and for another reason. */
  readonly setAside: number;
  readonly failedOtherwise: number;
  /** Notes and answers that were shown; those of them with the mark; and those that had in fact been shown before. */
  readonly replies: number;
  readonly resent: number;
  readonly resentThoughShown: number;
  /** Messages whose tool ran, and those whose tool ran more than once. */
  readonly tools: number;
  readonly toolsTwice: number;
  /** How often the processes were counted. */
  readonly samples: number;
  /** The model’s requests with which the CLI went on after a restart in the middle of a turn. */
  readonly resumed: number;
  readonly takeOver: Times;
  readonly handOver: Times;
  readonly handOverSinceRelease: Times;
  /** From the word to stop until a session without work was let go. */
  readonly lettingGo: Times;
  /** Changes of hands that are not among the times, because Redis was away meanwhile. */
  readonly disturbed: number;
}

/** Counts what a history holds. Pure. */
export function countFigures(events: readonly HistoryEvent[], violations: readonly Violation[]): Figures {
  const accounts = [...readAccounts(events).values()];
  const faults = events.flatMap((event) => (event.type === 'fault' ? [event.name] : []));
  const effects = events.flatMap((event) => (event.type === 'effect' ? [event.id] : []));
  const changes = changesOfHands(events);
  return {
    chats: new Set(accounts.map(({ said }) => said.place)).size,
    messages: { new: 0, plain: 0, slow: 0, tool: 0, question: 0, ...count(accounts.map(({ said }) => said.kind)) },
    faults: count(faults),
    violations: countViolations(violations),
    ...countReplies(accounts),
    tools: new Set(effects).size,
    toolsTwice: Object.values(count(effects)).filter((times) => times > 1).length,
    samples: Math.max(0, ...events.map((event) => (event.type === 'census' ? event.samples : 0))),
    resumed: events.filter((event) => event.type === 'asked' && event.resumed).length,
    ...countChanges(changes),
  };
}

function countViolations(violations: readonly Violation[]): Record<ViolationKind, number> {
  const kinds = Object.keys(VIOLATIONS) as ViolationKind[];
  const found = count(violations.map(({ kind }) => kind));
  return Object.fromEntries(kinds.map((kind) => [kind, found[kind] ?? 0])) as Record<ViolationKind, number>;
}

function countReplies(accounts: readonly Account[]) {
  const ends = accounts.map((account) => ({ said: account.said, end: endOf(account) }));
  const failed = ends.flatMap(({ end }) => (end?.says === 'failure' ? [end.text] : []));
  const setAside = failed.filter((text) => text.includes('set aside')).length;
  const answered = ends.filter(({ end }) => end?.says === 'answer');
  const said = accounts.flatMap(({ replies }) => replies.filter(({ says }) => says === 'note' || says === 'answer'));
  const marked = said.filter((reply) => reply.marked);
  return {
    answers: timesOf(answered.map((each) => (each.end?.at ?? 0) - each.said.at)),
    setAside,
    failedOtherwise: failed.length - setAside,
    replies: said.length,
    resent: marked.length,
    resentThoughShown: marked.filter((reply) => said.some((each) => isEarlier(each, reply))).length,
  };
}

function isEarlier(one: { id: string | undefined; says: string; at: number }, other: typeof one): boolean {
  return one !== other && one.id === other.id && one.says === other.says && one.at <= other.at;
}

function countChanges(changes: readonly ChangeOfHands[]) {
  const clear = changes.filter(({ disturbed }) => !disturbed);
  const sinceFault = (of: ChangeOfHands['kind']) =>
    timesOf(clear.filter(({ kind }) => kind === of).map(({ sinceFaultMs }) => sinceFaultMs));
  const handOvers = clear.filter(({ kind }) => kind === 'hand-over');
  return {
    takeOver: sinceFault('take-over'),
    handOver: sinceFault('hand-over'),
    lettingGo: sinceFault('letting-go'),
    handOverSinceRelease: timesOf(handOvers.map(({ sinceReleaseMs = 0 }) => sinceReleaseMs)),
    disturbed: changes.length - clear.length,
  };
}

/** 0 for an empty series. */
function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { count: sorted.length, median, max: sorted.at(-1) ?? 0 };
}

function count(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
