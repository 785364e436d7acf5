import { inTurns, type WaitingJob } from '@signalbox/queues';

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
  let number = 0;
  for (const [index, [{ id, hasBegun }]] of inTurns(jobs).entries())
    if (!hasBegun) places.set(id, { number: ++number, isBehind: index > 0 });
  return places;
}

/** A job that waits and those that were sent with it, in order; one that has begun, or is gone, alone. Pure. */
export function sentWith(jobs: readonly WaitingJob[], jobId: string): string[] {
  const turn = inTurns(jobs).find(([{ id, hasBegun }]) => id === jobId && !hasBegun);
  return turn?.map(({ id }) => id) ?? [jobId];
}
