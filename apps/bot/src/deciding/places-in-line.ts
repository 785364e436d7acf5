import { belongsTogether, type MessageJob, readSessionJob } from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';

/** Where a message waits in its session's line. */
export interface PlaceInLine {
  /** The first of those that wait is 1, as in `/queue`. */
  readonly number: number;
  /** Whether anything runs or waits before it. */
  readonly isBehind: boolean;
}

/** The places of what waits, by job. What was sent at once, such as an album, has one: that of its first message. Pure. */
export function placesInLine(jobs: readonly WaitingJob[]): Map<string, PlaceInLine> {
  const places = new Map<string, PlaceInLine>();
  let last: MessageJob | undefined;
  let number = 0;
  let turns = 0;
  for (const { id, data, hasBegun, joinedTo } of jobs) {
    if (joinedTo !== undefined) continue;
    const message = messageIn(data);
    const isWithLast = last !== undefined && message !== undefined && belongsTogether(last, message);
    last = message;
    if (isWithLast) continue;
    if (!hasBegun) places.set(id, { number: ++number, isBehind: turns > 0 });
    turns += 1;
  }
  return places;
}

function messageIn(data: unknown): MessageJob | undefined {
  const read = readSessionJob(data);
  return read.status === 'ok' && read.value.kind === 'message' ? read.value : undefined;
}
