import type { Configured } from './configure.ts';

/** What the watch is told to do, as in the variables of these names. */
export interface WatchSettings {
  readonly HOMELAB_WATCH: readonly string[];
  readonly HOMELAB_WATCH_CHAT: number | undefined;
  /** Their first is the owner. */
  readonly TELEGRAM_ALLOWED_USERS: readonly number[];
}

/** The names of these variables. */
export const WATCH_VARIABLES = [
  'HOMELAB_WATCH',
  'HOMELAB_WATCH_CHAT',
  'TELEGRAM_ALLOWED_USERS',
] as const satisfies readonly (keyof WatchSettings)[];

/** What can be watched besides the integrations. */
const ALL_TOGETHER = 'status';

/** The chat that the watch tells; undefined if nobody said which. */
export function watchChat({ HOMELAB_WATCH_CHAT, TELEGRAM_ALLOWED_USERS }: WatchSettings): number | undefined {
  return HOMELAB_WATCH_CHAT ?? TELEGRAM_ALLOWED_USERS[0];
}

/** What is wrong with what is to be watched, each in a sentence that names the variable. Pure. */
export function watchProblems(settings: WatchSettings, configured: readonly Configured[]): string[] {
  const { HOMELAB_WATCH: names } = settings;
  if (names.length === 0) return [];
  const ready = configured.filter(({ state }) => state === 'configured').map(({ integration }) => integration.name);
  const known = [ALL_TOGETHER, ...ready];
  const unknown = names.filter((name) => !known.includes(name));
  const problems = unknown.map(
    (name) => `HOMELAB_WATCH: expected integrations that are configured here (${known.join(', ')}), got "${name}".`,
  );
  if (watchChat(settings) === undefined)
    problems.push('HOMELAB_WATCH_CHAT: expected the id of the chat to tell, or TELEGRAM_ALLOWED_USERS, got nothing.');
  return problems;
}
