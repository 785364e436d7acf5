import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from '../../support/patience.ts';

/**
 * Looks every few ms until there is something, and resolves to it. As `expect.poll`, which tests that run beside each other cannot use.
 * Throws when patience is at its end, naming what was waited for.
 */
export async function until<T>(
  describe: string,
  look: () => T | Promise<T>,
): Promise<Exclude<Awaited<T>, false | undefined>> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<Awaited<T>, false | undefined>;
    if (performance.now() > deadline) throw new Error(`Waited ${PATIENCE_MS / 1_000} s in vain for ${describe}`);
    await delay(10);
  }
}
