import { type WatchSettings, watchChat } from '@signalbox/homelab';
import type { AddJob, HouseRecords } from '@signalbox/queues';
import { type Log, pause } from '@signalbox/service';
import type { HouseView } from '../house/house-tools.ts';
import { tellNews, tellWatchBug } from './tell-news.ts';
import { type WatchNeeds, watchHouse } from './watch-house.ts';

/** What the configuration says of the watch. */
export interface StartWatchSettings extends WatchSettings {
  readonly HOMELAB_WATCH_SECONDS: number;
  readonly HOMELAB_QUIET_HOURS: string | undefined;
  readonly POOL: string;
}

/** What starting the watch calls. */
export interface StartWatchNeeds {
  readonly addJob: AddJob;
  readonly acquire: WatchNeeds['acquire'];
  readonly houseRecords: Pick<HouseRecords, 'problems' | 'keepProblems' | 'keepEvidence'>;
  readonly look: HouseView['look'];
  /** Counts a bug that a look met. */
  countBug(): Promise<void>;
  readonly log: Log;
}

/** Watches what is to be watched, until `signal` is aborted. Resolves what ends it. */
export function startWatch(settings: StartWatchSettings, needs: StartWatchNeeds, signal: AbortSignal): Promise<void> {
  const { HOMELAB_WATCH: names, POOL: pool } = settings;
  const chatId = watchChat(settings);
  if (names.length === 0 || chatId === undefined) return Promise.resolve();
  const { addJob, acquire, houseRecords, look, countBug, log } = needs;
  const telling = { addJob, keepEvidence: houseRecords.keepEvidence, chatId, signal, log };
  const plan = {
    names,
    pool,
    everyMs: settings.HOMELAB_WATCH_SECONDS * 1_000,
    quietHours: settings.HOMELAB_QUIET_HOURS,
  };
  return watchHouse(
    plan,
    {
      acquire,
      houseRecords,
      pause,
      log,
      look: (name, aborted) => look(name, [], aborted),
      tell: (news) => tellNews(news, telling),
      async onBug(err, name) {
        log.error({ err, integration: name }, 'A look at the house met a bug');
        await Promise.all([countBug(), tellWatchBug(err, name, telling)]);
      },
    },
    signal,
  );
}
