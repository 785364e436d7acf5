import type { Place } from '@signalbox/contracts';

/** A pressed button. */
export interface Press {
  readonly queryId: string;
  readonly data: string | undefined;
  readonly place: Place;
  readonly messageId: number;
  readonly userId: number;
  readonly userName: string;
}
