import type { Redis } from 'ioredis';
import { keys } from './schema/schema.ts';

/** Called once when Redis stops to take writes, and once when it takes them again. */
export interface ConnectionListener {
  onAway(error: Error): void;
  onBack(): void;
}

/** How often a Redis that answers but takes no writes is tried, in ms. */
const PROBE_MS = 1_000;

/** What is known of one connection's Redis: it takes writes, or it is away (no connection, no answer, no room, or only a read-only replica). */
export interface ConnectionWatch {
  /** A command timed out, or was refused for want of room or by a read-only replica: the connection alone does not show that. */
  suspect(error: Error): void;
  isAway(): boolean;
  stop(): void;
}

/** Watches one connection; each change is told once, however many commands ran into it. */
export function watchConnection(connection: Redis, { onAway, onBack }: ConnectionListener): ConnectionWatch {
  let state: 'here' | 'away' | 'stopped' = 'here';
  let timer: NodeJS.Timeout | undefined;
  const away = (error: Error) => {
    if (state !== 'here') return;
    state = 'away';
    onAway(error);
  };
  const probeLater = () => {
    clearTimeout(timer);
    timer = setTimeout(probe, PROBE_MS);
  };
  const probe = async () => {
    if (state !== 'away') return;
    // A write that leaves nothing: a read-only replica and a full Redis refuse it.
    const takesWrites = await connection.set(keys.probe(), '', 'PX', 1).then(
      () => true,
      () => false,
    );
    if (state !== 'away') return;
    if (takesWrites) {
      state = 'here';
      onBack();
    } else if (connection.status === 'ready') probeLater();
  };
  connection.on('error', away);
  connection.on('close', () => away(new Error('The connection was closed')));
  connection.on('ready', probe);
  return {
    suspect(error) {
      if (state !== 'here') return;
      away(error);
      probeLater();
    },
    isAway: () => state === 'away',
    stop() {
      state = 'stopped';
      clearTimeout(timer);
    },
  };
}
