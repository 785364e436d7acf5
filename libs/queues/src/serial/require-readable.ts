import type { Read } from '@signalbox/contracts';
import { ParkJob, Unreadable } from './taken-job.ts';

/** How long an entry that a newer version wrote is left to a newer process, in ms. */
const NEWER_PAUSE_MS = 30_000;

/** The entry that was read. Throws `ParkJob` if a newer version wrote it, and `Unreadable` if it is none; `what` names it, as in "a reply". */
export function requireReadable<T>(read: Read<T>, what: string): T {
  if (read.status === 'ok') return read.value;
  if (read.status === 'invalid') throw new Unreadable(`Not ${what}: ${read.problem}`);
  throw new ParkJob(`Version ${read.version} of ${what} is newer than this process`, NEWER_PAUSE_MS);
}
