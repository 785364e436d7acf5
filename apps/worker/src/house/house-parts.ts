import type { Queues } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { House } from './open-house.ts';

/** What answering about the house takes. */
export interface HouseParts {
  readonly house: House;
  readonly queues: Pick<Queues, 'owner' | 'workforce' | 'routing' | 'overview'>;
  readonly pool: string;
  readonly log: Log;
}
