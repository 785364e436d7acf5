import type { World } from './world.ts';

/** A PNG of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** The paths of the files that a message to the model names. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(/<attached-file path="([^"]+)"/g)].map(([, path = '']) => path);
}

/** The keys of files that are on their way through a world's Redis. */
export async function transfersOf(world: World): Promise<string[]> {
  const queues = await world.openQueues();
  const keys = await queues.redis.keys('*:file:*');
  await queues.close();
  return keys;
}
