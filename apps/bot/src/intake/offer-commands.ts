import type { IntegrationCard } from '@signalbox/contracts';
import type { Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { commands } from '../commands/registry.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import type { Allowlist } from './authorize.ts';

/** How often it is looked whether the homelab's commands are others, in ms. */
const LOOK_EVERY_MS = 5_000;
/** After how long a chat that refused its menu is asked again, in ms. */
const AGAIN_AFTER_MS = 60_000;
/** Most commands that Telegram takes. */
const MOST_COMMANDS = 100;

/** An entry of Telegram's menu. */
interface MenuEntry {
  readonly command: string;
  readonly description: string;
}

/** The menu: the chat's own commands, and those of the integrations that are configured. */
export function commandMenu(integrations: readonly IntegrationCard[]): MenuEntry[] {
  const own = commands.map(({ name, description }) => ({ command: name, description }));
  const others = integrations.filter(({ configured }) => configured);
  return [...own, ...others.map(({ name, description }) => ({ command: name, description }))].slice(0, MOST_COMMANDS);
}

/**
 * Puts the commands into the menus of the chats in which they may be used, and again when the pool has others. A chat that was never
 * opened refuses that; it is asked again.
 */
export function keepCommandMenu(
  {
    setCommands,
    integrations,
    pool,
    log,
  }: {
    readonly setCommands: TelegramApi['setCommands'];
    readonly integrations: Workforce['integrations'];
    readonly pool: string;
    readonly log: Log;
  },
  allowed: Allowlist,
): { stop(): void } {
  /** What each chat was last given, and when it may be given that again, in ms since the epoch. */
  const offered = new Map<number, { menu: string; againAt: number }>();
  const offer = (chat: number, entries: readonly MenuEntry[]) => {
    const menu = JSON.stringify(entries);
    const last = offered.get(chat);
    if (last?.menu === menu && Date.now() < last.againAt) return;
    offered.set(chat, { menu, againAt: Date.now() + AGAIN_AFTER_MS });
    setCommands(chat, entries)
      .then(() => offered.set(chat, { menu, againAt: Number.POSITIVE_INFINITY }))
      .catch((err: unknown) => log.debug({ err }, 'The command menu was not set'));
  };
  const look = async () => {
    const menu = commandMenu(await integrations(pool));
    for (const chat of [...allowed.users, ...allowed.chats]) offer(chat, menu);
  };
  // Missing one does no harm: the next comes soon.
  const tryLook = () => void look().catch((err: unknown) => log.debug({ err }, 'The command menu waits for Redis'));
  tryLook();
  const timer = setInterval(tryLook, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
