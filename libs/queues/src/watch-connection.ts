import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/** Called once when Redis stops to take writes, and once when it takes them again. */
export interface ConnectionListener {
  onAway(error: Error): void;
  onBack(): void;
}

/** How often a Redis that answers but takes no writes is tried, in ms. */
const PROBE_MS = 1_000;

/** What is known of one connection's Redis. taking writes ⇄ away (no connection, or a read-only replica behind it) */
export interface ConnectionWatch {
  /** A command was refused because Redis is a read-only replica: the connection alone does not show that. */
  readOnly(error: Error): void;
  stop(): void;
}

export function watchConnection(connection: Redis, { onAway, onBack }: ConnectionListener): ConnectionWatch {
  let state: 'here' | 'away' | 'stopped' = 'here';
  let timer: NodeJS.Timeout | undefined;
  const away = (error: Error) => {
    if (state !== 'here') return;
    state = 'away';
    onAway(error);
  };
  const probe = async () => {
    clearTimeout(timer);
    if (state !== 'away') return;
    // A write that changes nothing: a replica refuses it, a full Redis does not.
    const takesWrites = await connection.del(keys.probe).then(
      () => true,
      () => false,
    );
    if (state !== 'away') return;
    if (takesWrites) {
      state = 'here';
      onBack();
    } else if (connection.status === 'ready') timer = setTimeout(probe, PROBE_MS);
  };
  connection.on('error', away);
  connection.on('close', () => away(new Error('The connection was closed')));
  connection.on('ready', probe);
  return {
    readOnly(error) {
      away(error);
      clearTimeout(timer);
      timer = setTimeout(probe, PROBE_MS);
    },
    stop() {
      state = 'stopped';
      clearTimeout(timer);
    },
  };
}
