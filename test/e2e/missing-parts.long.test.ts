import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useWorldForEach } from '../support/use-world.ts';

const world = useWorldForEach({ apps: [] });

describe('a start without', () => {
  it('Redis says which address does not answer and what to do, and goes on when it comes', async () => {
    await world.redis.stop();
    const bot = world.start('bot');
    const worker = world.start('worker');
    for (const app of [bot, worker]) {
      await app.waitForOutput(/Redis at .*redis\.sock does not answer .*ENOENT.*Start it, or set REDIS_URL/);
    }
    await world.restartRedis();
    await Promise.all([bot.waitForOutput(/Taking messages/), worker.waitForOutput(/Serving pool/)]);
  });

  it('a Redis that may be relied on ends with what to type: it may drop jobs', async () => {
    const queues = world.closeAtEnd(await world.openQueues());
    await queues.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    for (const name of ['bot', 'worker'] as const) {
      const app = world.start(name);
      expect((await app.ended).code).toBe(78);
      expect(app.output()).toMatch(
        /maxmemory-policy of Redis is allkeys-lru.*redis-cli -s .* CONFIG SET maxmemory-policy/,
      );
    }
    await queues.redis.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('Claude says what to install, and ends with the code for a wrong configuration', async () => {
    const worker = world.start('worker', { CLAUDE_BIN: join(world.dir, 'no-claude') });
    const { code } = await worker.ended;
    expect(worker.output()).toMatch(/CLAUDE_BIN/);
    expect(worker.output()).toContain('no-claude');
    expect(code).toBe(78);
  });

  it('Telegram says where it is expected, and goes on trying', async () => {
    const bot = world.start('bot', { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
    await bot.waitForOutput(/Telegram at http:\/\/127\.0\.0\.1:1 does not answer.*ECONNREFUSED.*Check the network/);
  });

  it('a token that Telegram knows says so, and goes on trying', async () => {
    const bot = world.start('bot', { TELEGRAM_BOT_TOKEN: '1:wrong-token' });
    await bot.waitForOutput(/does not know the bot token\. Check TELEGRAM_BOT_TOKEN/);
    expect(bot.output()).not.toContain('wrong-token');
  });

  it('settings lists all problems at once', async () => {
    const bot = world.start('bot', { TELEGRAM_BOT_TOKEN: '', REDIS_URL: 'http://x', STREAMING: 'loud' });
    expect((await bot.ended).code).toBe(78);
    for (const name of ['TELEGRAM_BOT_TOKEN', 'REDIS_URL', 'STREAMING']) expect(bot.output()).toContain(name);
  });

  it('personas says which directory it expected', async () => {
    const worker = world.start('worker', { PERSONAS_DIR: join(world.dir, 'nothing') });
    expect((await worker.ended).code).toBe(78);
    expect(worker.output()).toMatch(/PERSONAS_DIR: .*nothing.* cannot be read \(ENOENT\)/);
  });
});

describe('a second poller', () => {
  it('is reported loudly, and messages are taken when it is gone', async () => {
    await world.startAll(['bot']);
    const isPolling = () =>
      world.telegram.calls.some((call) => call.method === 'getUpdates' && call.outcome === 'open');
    await expect.poll(isPolling).toBe(true);
    const url = `${world.simulator.url}/bot${world.simulator.botToken}/getUpdates?timeout=1`;
    const other = await fetch(url);
    await other.text();
    await world.apps[0]?.waitForOutput(/Another program polls Telegram with the same bot token/);
    await world.ask('/help', /\/new/);
  });

  it('of our own stands by, and takes over when the first is gone', async () => {
    await world.startAll(['bot']);
    const second = world.start('bot');
    await world.ask('/help', /\/new/);
    expect(second.output()).not.toMatch(/Taking messages/);
    await world.apps[0]?.stop();
    await second.waitForOutput(/Taking messages/);
    await world.ask('/help', /\/new/);
  });
});
