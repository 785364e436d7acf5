import { type WatchSettings, watchChat } from '@signalbox/homelab';
import type { Queues } from '@signalbox/queues';
import { type Log, pause } from '@signalbox/service';
import type { HouseView } from '../house/house-tools.ts';
import { tellNews, tellWatchBug } from './tell-news.ts';
import { watchHouse } from './watch-house.ts';

export interface StartWatchSettings extends WatchSettings {
  readonly HOMELAB_WATCH_SECONDS: number;
  readonly HOMELAB_QUIET_HOURS: string | undefined;
  readonly POOL: string;
}

/** Watches what is to be watched. Resolves what ends it. */
export function startWatch(
  settings: StartWatchSettings,
  parts: {
    queues: Pick<Queues, 'addJob' | 'bugs' | 'leases' | 'houseRecords'>;
    view: HouseView;
    log: Log;
    signal: AbortSignal;
  },
): Promise<void> {
  const { HOMELAB_WATCH: names, POOL: pool } = settings;
  const chatId = watchChat(settings);
  if (names.length === 0 || chatId === undefined) return Promise.resolve();
  const { queues, view, log, signal } = parts;
  const telling = { addJob: queues.addJob, houseRecords: queues.houseRecords, chatId, signal, log };
  return watchHouse(
    {
      ...{ names, pool, log, pause },
      everyMs: settings.HOMELAB_WATCH_SECONDS * 1_000,
      quietHours: settings.HOMELAB_QUIET_HOURS,
      leases: queues.leases,
      houseRecords: queues.houseRecords,
      look: (name, aborted) => view.look(name, [], aborted),
      tell: (news) => tellNews(news, telling),
      async onBug(err, name) {
        log.error({ err, integration: name }, 'A look at the house met a bug');
        await Promise.all([queues.bugs.count('watch'), tellWatchBug(err, name, telling)]);
      },
    },
    signal,
  );
}
