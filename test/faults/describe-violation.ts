import type { HistoryEvent } from './history.ts';
import { VIOLATIONS, type Violation } from './violation.ts';

/** How much of the surroundings is told of something that happened to no certain message, in ms. */
const AROUND_MS = 10_000;

/** A broken promise with the history of the message it happened to, and the faults around it. Pure. */
export function describeViolation(violation: Violation, events: readonly HistoryEvent[]): string {
  const { kind, id, at, detail } = violation;
  const own = id === undefined ? [] : events.filter((event) => isAbout(event, id));
  const from = Math.min(at, ...own.map((event) => event.at)) - AROUND_MS;
  const to = Math.max(at, ...own.map((event) => event.at)) + AROUND_MS;
  const session = id?.slice(0, id.lastIndexOf('-'));
  const around = events.filter((event) => event.at >= from && event.at <= to && isSurrounding(event, session));
  const told = [...new Set([...own, ...around])].sort((a, b) => a.at - b.at);
  const head = `${kind.toUpperCase()} (${VIOLATIONS[kind]}): ${detail}`;
  return [head, ...told.map(describeEvent)].join('\n');
}

function isAbout(event: HistoryEvent, id: string): boolean {
  if (event.type === 'asked') return event.ids.at(-1) === id;
  if (event.type === 'shown' || event.type === 'edited' || event.type === 'deleted') {
    return event.text.includes(`${id}.`);
  }
  return 'id' in event && event.id === id;
}

function isSurrounding(event: HistoryEvent, session: string | undefined): boolean {
  if (event.type === 'lease') return event.session === session;
  return event.type === 'fault' || event.type === 'healed' || event.type === 'died';
}

function describeEvent(event: HistoryEvent): string {
  const { at, type, ...rest } = event;
  const shortened = 'ids' in rest ? { ...rest, ids: rest.ids.slice(-3) } : rest;
  return `  ${new Date(at).toISOString().slice(11, 23)}  ${type.padEnd(8)}  ${JSON.stringify(shortened)}`;
}
