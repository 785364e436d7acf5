import type { Queues } from '@signalbox/queues';
import { ConfigurationError, type Log, pause } from '@signalbox/service';
import type { HouseView } from '../house/house-tools.ts';
import { tellNews } from './tell-news.ts';
import { watchHouse } from './watch-house.ts';

export interface WatchSettings {
  readonly HOMELAB_WATCH: readonly string[];
  readonly HOMELAB_WATCH_CHAT: number | undefined;
  readonly HOMELAB_WATCH_SECONDS: number;
  readonly HOMELAB_QUIET_HOURS: string | undefined;
  /** Their first is the owner. */
  readonly TELEGRAM_ALLOWED_USERS: readonly number[];
  readonly POOL: string;
}

/** Checks what is to be watched. Throws `ConfigurationError`. */
export function checkWatch(settings: WatchSettings, topics: HouseView['topics']): void {
  const { HOMELAB_WATCH: names } = settings;
  if (names.length === 0) return;
  const known = topics.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  const problems = unknown.map(
    (name) => `HOMELAB_WATCH: expected integrations that are configured here (${known.join(', ')}), got "${name}"`,
  );
  if (chatOf(settings) === undefined)
    problems.push('HOMELAB_WATCH_CHAT: expected the id of the chat to tell, or TELEGRAM_ALLOWED_USERS, got nothing');
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** Watches what is to be watched. Resolves what ends it. */
export function startWatch(
  settings: WatchSettings,
  parts: { queues: Pick<Queues, 'addJob' | 'leases' | 'notes'>; view: HouseView; log: Log; signal: AbortSignal },
): Promise<void> {
  const { HOMELAB_WATCH: names, POOL: pool } = settings;
  const chatId = chatOf(settings);
  if (names.length === 0 || chatId === undefined) return Promise.resolve();
  const { queues, view, log, signal } = parts;
  const telling = { addJob: queues.addJob, notes: queues.notes, chatId, signal, log };
  return watchHouse(
    {
      ...{ names, pool, log, pause },
      everyMs: settings.HOMELAB_WATCH_SECONDS * 1_000,
      quietHours: settings.HOMELAB_QUIET_HOURS,
      leases: queues.leases,
      notes: queues.notes,
      look: (name, aborted) => view.look(name, [], aborted),
      tell: (news) => tellNews(news, telling),
    },
    signal,
  );
}

function chatOf({ HOMELAB_WATCH_CHAT, TELEGRAM_ALLOWED_USERS }: WatchSettings): number | undefined {
  return HOMELAB_WATCH_CHAT ?? TELEGRAM_ALLOWED_USERS[0];
}
