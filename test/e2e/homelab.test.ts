import type { RequestListener } from 'node:http';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { readFixture } from '../../libs/homelab/testing/serve-fixtures.ts';
import { openHouse } from '../support/house.ts';
import { press } from '../support/press.ts';
import { useWorldToOpen } from '../support/use-world.ts';

const world = useWorldToOpen();

const METRICS = readFixture('kuma-metrics-2.5.3.txt');
const well: RequestListener = ({ url }, response) =>
  void response.end(url === '/metrics' ? METRICS : '{"healthy":true}');

describe('a command of the homelab', () => {
  it('is answered while a turn hangs in the same chat, and buttons of /status lead to it', async () => {
    await openHouse(world, well, { env: (KUMA_URL) => ({ KUMA_URL, KUMA_API_KEY: 'key', GRACE_SECONDS: '1' }) });
    await world.newSession('web');
    const started = world.modelIsAsked();
    world.say('[[hang]]');
    await started;
    await world.ask('/kuma', /^🔴 Kuma: 3 down/);
    const status = await world.ask('/status', /^🔴 Status/);
    expect(status.text).toMatch(/🔴 Kuma: .* is down \(\+2\)\n/);
    expect(status.text).toMatch(/🟢 ntfy: well\n/);
    expect(status.text).toMatch(
      /🟢 1 worker in pool default\n🟢 1 session, 1 running · 0 waiting\n🟢 Redis \S+ ms · Claude Code 2/,
    );
    expect(status.text.split('\n').length).toBeLessThanOrEqual(12);
    const shown = world.lastId();
    press(world, status, '/kuma');
    await world.shows(/^🔴 Kuma: 3 down/, ANN.id, shown);
  });
});
