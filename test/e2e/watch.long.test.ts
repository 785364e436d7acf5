import { expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

it('a worker that is to watch what is not configured refuses to start, and says what is', async () => {
  const env = { KUMA_URL: 'http://127.0.0.1:9', KUMA_API_KEY: 'sentinel-kuma-key', HOMELAB_WATCH: 'kuma,nothing' };
  const worker = world.start('worker', env);
  await worker.ended;
  expect(worker.output()).toMatch(/HOMELAB_WATCH: expected integrations that are configured here .*got \\?"nothing/);
});
