import type { IntegrationCard } from '@signalbox/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLog } from '../../testing/bot-world.ts';
import { commands } from '../commands/registry.ts';
import { commandMenu, keepCommandMenu } from './offer-commands.ts';

const kuma: IntegrationCard = { name: 'kuma', usage: '/kuma', description: 'Monitors', configured: true };

describe('the command menu', () => {
  it('has the chat’s own commands, and those of the homelab that are configured', () => {
    const menu = commandMenu([kuma, { ...kuma, name: 'pbs', configured: false }]);
    expect(menu.map(({ command }) => command)).toEqual([...commands.map(({ name }) => name), 'kuma']);
    expect(commandMenu(Array.from({ length: 200 }, (_, i) => ({ ...kuma, name: `k${i}` })))).toHaveLength(100);
  });

  describe('of a chat', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('is set at the start, again when the cards change or a chat refused it, and not when all is as it was', async () => {
      const set: [number, boolean][] = [];
      let cards: IntegrationCard[] | Error = [];
      let refuses: number | undefined;
      const integrations = async () => {
        if (cards instanceof Error) throw cards;
        return cards;
      };
      const setCommands = async (chat: number, menu: readonly { command: string }[]) => {
        set.push([chat, menu.some(({ command }) => command === 'kuma')]);
        if (refuses === chat) throw new Error('chat not found');
      };
      const { log } = createTestLog();
      const menu = keepCommandMenu({ setCommands, integrations, pool: 'default', log }, { users: [7], chats: [-5] });
      await vi.advanceTimersByTimeAsync(20_000);
      expect(set.splice(0)).toEqual([
        [7, false],
        [-5, false],
      ]);
      cards = new Error('Redis is away');
      await vi.advanceTimersByTimeAsync(20_000);
      cards = [kuma];
      await vi.advanceTimersByTimeAsync(20_000);
      expect(set.splice(0)).toEqual([
        [7, true],
        [-5, true],
      ]);
      refuses = 7;
      cards = [];
      await vi.advanceTimersByTimeAsync(60_000);
      expect(set.splice(0)).toEqual([
        [7, false],
        [-5, false],
      ]);
      refuses = undefined;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(set.splice(0)).toEqual([[7, false]]);
      menu.stop();
      cards = [kuma];
      await vi.advanceTimersByTimeAsync(20_000);
      expect(set).toEqual([]);
    });
  });
});
