import type { IntegrationCard } from '@signalbox/contracts';
import type { Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Allowlist } from './authorize.ts';
import { commands } from './commands/registry.ts';
import type { TelegramApi } from './telegram-api.ts';

/** How often it is looked whether the homelab's commands are others, in ms. */
const LOOK_EVERY_MS = 5_000;
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
 * opened refuses that; it is asked again with the next change or start.
 */
export function keepCommandMenu(
  parts: { api: Pick<TelegramApi, 'setCommands'>; workforce: Pick<Workforce, 'integrations'>; pool: string; log: Log },
  allowed: Allowlist,
): { stop(): void } {
  const { api, workforce, pool, log } = parts;
  let offered = '';
  const look = async () => {
    const menu = commandMenu(await workforce.integrations(pool));
    if (JSON.stringify(menu) === offered) return;
    offered = JSON.stringify(menu);
    for (const chat of [...allowed.users, ...allowed.chats])
      api.setCommands(chat, menu).catch((err: unknown) => log.debug({ err }, 'The command menu was not set'));
  };
  // Missing one does no harm: the next comes soon.
  const tryLook = () => void look().catch((err: unknown) => log.debug({ err }, 'The command menu waits for Redis'));
  tryLook();
  const timer = setInterval(tryLook, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
