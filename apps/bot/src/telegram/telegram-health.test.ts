import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLog } from '../../testing/bot-world.ts';
import { keepSigns } from './keep-signs.ts';
import { TelegramFailure } from './telegram-api.ts';
import { createTelegramHealth } from './telegram-health.ts';

const refused = (code: number) => new TelegramFailure('refused', `Telegram refused getUpdates: ${code} x`, { code });
const silent = new TelegramFailure('unreachable', 'Telegram did not answer getUpdates: ECONNREFUSED');

function start() {
  let at = 1_000;
  const { log, lines } = createTestLog();
  const health = createTelegramHealth('http://t.example', log, () => at);
  const later = (ms: number) => {
    at += ms;
  };
  return { health, log, later, said: () => lines.map(({ level, msg }) => `${level} ${msg}`) };
}

describe('Telegram’s health', () => {
  it.each([
    [refused(409), 'conflict', /^50 Another program polls Telegram with the same bot token\./],
    [
      refused(401),
      'token',
      /^50 Telegram at http:\/\/t\.example does not know the bot token\. Check TELEGRAM_BOT_TOKEN/,
    ],
    [refused(404), 'token', /does not know the bot token/],
    [
      silent,
      'silent',
      /^50 Telegram at http:\/\/t\.example does not answer: .*ECONNREFUSED\. Trying again\. Check the/,
    ],
  ])('during %s says so, once and then at growing intervals', (failure, trouble, sentence) => {
    const { health, later, said } = start();
    expect(health.isWell()).toBe(true);
    for (let second = 0; second < 600; second += 5) {
      health.failed(failure);
      later(5_000);
    }
    expect(health.isWell()).toBe(false);
    expect(health.card).toEqual({ trouble, since: 1_000 });
    expect(said()).toHaveLength(4);
    expect(said()[0]).toMatch(sentence);
    expect(said()[3]).toMatch(/No message was taken for 7 min\.$/);
    health.answered();
    health.answered();
    expect([health.isWell(), health.card]).toEqual([true, { since: 601_000 }]);
    expect(said()).toHaveLength(5);
    expect(said()[4]).toBe('30 Telegram answers again');
  });

  it('is not spoilt by being told to wait', () => {
    const { health, said } = start();
    health.failed(new TelegramFailure('flood', 'Too Many Requests', { code: 429, retryAfterMs: 1 }));
    expect([health.isWell(), said()]).toEqual([true, []]);
  });
});

describe('the signs of life', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'signs-'));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(dir, { recursive: true });
  });

  it('are no heartbeat while Telegram fails, and say why', async () => {
    const { health, log } = start();
    const path = join(dir, 'heartbeat');
    const isThere = () =>
      stat(path).then(
        () => true,
        () => false,
      );
    const said: unknown[] = [];
    health.failed(refused(409));
    const signs = keepSigns(path, {
      health,
      isRedisWell: async () => true,
      isPolling: () => true,
      say: async (card) => void said.push(card),
      log,
    });
    vi.advanceTimersByTime(5_000);
    expect([said, await isThere()]).toEqual([[{ trouble: 'conflict', since: 1_000 }], false]);
    health.answered();
    vi.advanceTimersByTime(5_000);
    await expect.poll(isThere).toBe(true);
    expect(said.at(-1)).toEqual({ since: 1_000 });
    signs.stop();
  });
});
