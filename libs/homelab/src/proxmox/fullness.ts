import type { Level } from '../contract/report.ts';

/** How it is with a storage, by the share of 1 that is used: above 85 % something is to be done, above 95 % now. */
export function fullness(share: number): Level {
  return share > 0.95 ? 'error' : share > 0.85 ? 'warn' : 'ok';
}
