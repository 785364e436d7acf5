import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { chatQueue, SINCE } from '@signalbox/contracts';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { readFixture } from '../../libs/homelab/testing/serve-fixtures.ts';
import { openHouse, PLUGIN, serve } from '../support/house.ts';
import { useWorldToOpen } from '../support/use-world.ts';

const world = useWorldToOpen();

const METRICS = readFixture('kuma-metrics-2.5.3.txt');
const well: RequestListener = ({ url }, response) =>
  void response.end(url === '/metrics' ? METRICS : '{"healthy":true}');
const hanging: RequestListener = () => undefined;

describe('/kuma', () => {
  it('is answered while a turn hangs in the same chat, worst first, and in part for a name', async () => {
    const metrics = await readFile(new URL('../../libs/homelab/fixtures/kuma-metrics-2.5.3.txt', import.meta.url));
    const authorization = `Basic ${Buffer.from(':sentinel-kuma-key').toString('base64')}`;
    const service = await serve(({ headers }, response) => {
      response.writeHead(headers.authorization === authorization ? 200 : 401).end(metrics);
    });
    await world.open({ env: { KUMA_URL: service.url, KUMA_API_KEY: 'sentinel-kuma-key' } });
    world.closeAtEnd(service);
    await world.newSession('web');
    const started = world.modelIsAsked();
    world.say('[[hang]]');
    await started;
    const answer = await world.ask('/kuma', /^🔴 Kuma: 3 down/);
    expect(answer.text.split('\n')[1]).toMatch(/^🔴 .* is down/);
    await world.ask('/kuma forg', /Forgejo/);
  });
});

describe('a command of the homelab', () => {
  it('of a service that is not configured says which variables to set', async () => {
    await world.open({ env: { HOMELAB_PLUGINS: PLUGIN } });
    await world.ask('/ntfy', '⚪ ntfy\nNot configured. Set NTFY_URL.');
    await world.ask('/ntfi', /Did you mean \/ntfy\?/);
    await world.ask('/help', /Not configured: .*\/ntfy/);
  });

  it('of a service that hangs ends within its limit, and /status shows the rest', async () => {
    await openHouse(world, hanging);
    const status = await world.ask('/status', /^🔴 Status/);
    expect(status.text).toMatch(/🔴 ntfy: .*no answer within 5 s/);
    expect(status.text).toMatch(/🟢 1 worker in pool default/);
  });

  it('that waited for more than 60 s expires with a notice, and nothing is asked', async () => {
    const service = await openHouse(world, well, { apps: ['bot'] });
    const origin = { place: { chatId: ANN.id }, messageId: 1, userId: ANN.id, userName: 'Ann', sentAt: 0 };
    const job = { version: SINCE.homelab, kind: 'homelab', name: 'ntfy', args: [], origin };
    const queue = chatQueue(ANN.id, 'default');
    const queues = await world.openQueues();
    await queues.bull.queue(queue.name).add('homelab', job, { jobId: 'u-1-1', timestamp: Date.now() - 61_000 });
    // As an addition does: it puts the queue among those that have work.
    await queues.addJob(queue, { id: 'u-1-2', name: 'homelab', data: job });
    await queues.close();
    await world.startAll(['worker']);
    await world.shows(/^⌛ \/ntfy expired: it waited for more than 60 s/);
    await world.shows('🟢 ntfy: well');
    expect(service.asked).toBe(1);
  });

  it('is left to the worker of the pool that is configured for it', async () => {
    const service = await openHouse(world, well, { apps: ['bot'] });
    await world.startAll(['worker'], { NTFY_URL: '' });
    await world.startAll(['worker']);
    for (let time = 0; time < 3; time += 1) await world.ask('/ntfy', '🟢 ntfy: well');
    expect(service.asked).toBe(3);
    expect(world.texts().join()).not.toContain('Not configured');
  });

  it('is in /help and in Telegram’s menu', async () => {
    await openHouse(world, well, { apps: ['worker'] });
    await world.startAll(['bot']);
    await world.ask('/help', /🏠 House\n(?:.*\n)*\/ntfy – Whether notifications get out/);
    const isOffered = () =>
      JSON.stringify(world.telegram.calls.filter(({ method }) => method === 'setMyCommands')).includes('ntfy');
    await expect.poll(isOffered).toBe(true);
  });
});

describe('/ping', () => {
  it('asks a host at the port that it is named with: one that refuses is red, and which; the load is one figure everywhere', async () => {
    const service = await serve(well);
    const { port } = new URL(service.url);
    const gone = await serve(well);
    const { port: closed } = new URL(gone.url);
    await gone.close();
    const hosts = `open=127.0.0.1:${port},closed=127.0.0.1:${closed}`;
    await world.open({ env: { PING_HOSTS: hosts } });
    world.closeAtEnd(service);
    const pinged = await world.ask('/ping', /Ping:/);
    expect(pinged.text).toMatch(/^🔴 Ping: 1 without its port, 1 alive/);
    expect(pinged.text).toContain(`🔴 closed refuses connections at port ${closed}`);
    expect(pinged.text).not.toMatch(/🔴 open/);
    await world.ask('/ping open', /^🟢 Ping: 1 alive/);
    for (const command of ['/host', '/status']) {
      const { text } = await world.ask(command, /load/);
      expect(text).toMatch(/load \d+ %/);
      expect(text).not.toMatch(/load [\d.]+(?!\d* %)/);
    }
  });
});

describe('a worker', () => {
  it('does not start with a plugin that cannot be used, and lists it with all else that is wrong', async () => {
    await world.open({ apps: [] });
    const worker = world.start('worker', { HOMELAB_PLUGINS: './no-such-plugin.mjs', IDLE_TIMEOUT_MINUTES: 'x' });
    expect((await worker.ended).code).toBe(78);
    expect(worker.output()).toMatch(/IDLE_TIMEOUT_MINUTES: expected/);
    expect(worker.output()).toMatch(/HOMELAB_PLUGINS: .*no-such-plugin\.mjs/);
  });
});
