import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '@signalbox/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

type Effect = Parameters<Simulator['telegram']['faults']['add']>[0]['effect'];

const world = useWorld(
  { apps: ['worker', 'dashboard'], env: { DASHBOARD_PORT: '0', DASHBOARD_PASSWORD: 'a-password' } },
  () => world.startAll(['bot'], heartbeat()),
);
/** The heartbeat is the bot's alone. */
const heartbeat = () => ({ HEARTBEAT_FILE: join(world.dir, 'heartbeat') });
/** Longer than a test may wait for one thing: a long poll that hangs is given up after a minute. */
const patiently = { timeout: 2 * PATIENCE_MS, interval: 250 };
/** Two of its beats, in ms. */
const TWO_BEATS = 10_000;

let readyz: string;
beforeAll(() => {
  const [, url = ''] = /(http:\/\/[\d.]+:\d+)/.exec(world.apps[1]?.output() ?? '') ?? [];
  readyz = `${url}/readyz`;
});

/** What whoever watches all of them is told. */
async function readiness(): Promise<string> {
  const response = await fetch(readyz);
  return `${response.status} ${await response.text()}`;
}
const beatAge = () => Date.now() - statSync(heartbeat().HEARTBEAT_FILE).mtimeMs;
const polls = () => world.telegram.calls.filter(({ method }) => method === 'getUpdates').length;
const error = (code: number, description: string): Effect => ({ error: { code, description } });

describe('while Telegram gives the bot no messages, readiness and heartbeat say so and the log names the cause once', () => {
  it.each<[string, Effect, RegExp, RegExp]>([
    [
      'because another program polls',
      error(409, 'Conflict: terminated by other getUpdates request'),
      /503 Telegram: another program polls it/,
      /Another program polls Telegram/g,
    ],
    [
      'because it does not know the token',
      error(401, 'Unauthorized'),
      /503 Telegram: it does not know the bot token/,
      /does not know the bot token\. Check TELEGRAM_BOT_TOKEN/g,
    ],
    ['because it hangs up', 'cutBefore', /503 Telegram: it does not answer/, /does not answer: .*Check the network/g],
    ['because it is silent', 'hang', /503 Telegram: it does not answer/, /does not answer: .*Check the network/g],
  ])(
    '%s',
    async (_why, effect, expected, cause) => {
      await expect.poll(readiness, patiently).toBe('200 ok\n');
      const before = world.bot?.output().length ?? 0;
      const logged = () => world.bot?.output().slice(before) ?? '';
      world.telegram.faults.add({ method: 'getUpdates', times: 1_000, effect });
      // What the bot has asked already is answered.
      world.say('/help');
      await expect.poll(readiness, patiently).toMatch(expected);
      const pollsBefore = polls();
      await expect.poll(beatAge, patiently).toBeGreaterThan(TWO_BEATS);
      if (effect !== 'hang') await expect.poll(polls, patiently).toBeGreaterThan(pollsBefore + 1);
      expect(logged().match(cause)).toHaveLength(1);
      world.telegram.faults.clear();
      await expect.poll(readiness, patiently).toBe('200 ok\n');
      await expect.poll(beatAge, patiently).toBeLessThan(TWO_BEATS);
      expect(logged()).toMatch(/Telegram answers again/);
      await world.ask('/sessions', /session/i);
      // One that hangs is given up after a minute, twice.
    },
    5 * PATIENCE_MS,
  );
});

it('a bot whose token is refused from the start says so as well, and serves as soon as it is known', async () => {
  await world.end('bot', 'SIGTERM');
  world.telegram.faults.add({ method: 'getMe', times: 1_000, effect: error(401, 'Unauthorized') });
  const bot = world.start('bot', heartbeat());
  await expect.poll(readiness, patiently).toMatch(/503 Telegram: it does not know the bot token/);
  await expect.poll(beatAge, patiently).toBeGreaterThan(TWO_BEATS);
  world.telegram.faults.clear();
  await bot.waitForOutput(/Taking messages/, 2 * PATIENCE_MS);
  await expect.poll(readiness, patiently).toBe('200 ok\n');
});
