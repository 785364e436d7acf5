import type { Update, UpdateContent } from '../protocol/api-types.ts';
import { TelegramError } from '../protocol/errors.ts';

/** How long the server keeps an update that nobody confirms, milliseconds. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** How many confirmed updates are remembered for `redeliver`. */
const REMEMBERED = 10_000;
/** Kinds that come only to who names them in `allowed_updates`. */
const BY_NAME_ONLY = new Set(['message_reaction', 'message_reaction_count', 'chat_member']);

/** What a call of getUpdates asks for. */
export type Poll = {
  offset: number;
  /** 1 to 100. */
  limit: number;
  timeoutMs: number;
  /** Undefined keeps what was said before. */
  allowed: readonly string[] | undefined;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
};

/** The updates of one bot, as getUpdates sees them. */
export type UpdateQueue = {
  /** Adds updates that become visible together. Returns their ids; undefined for a kind that is not allowed. */
  add(contents: readonly UpdateContent[]): (number | undefined)[];
  /** @throws TelegramError 409 if a later poll took over */
  poll(poll: Poll): Promise<Update[]>;
  /** Makes the last `count` confirmed updates unconfirmed again. Returns how many there were. */
  redeliver(count: number): number;
  /** Updates that are not confirmed, oldest first. */
  pending(): Update[];
  /** Forgets what is pending. */
  drop(): void;
  /** Ends a waiting poll with no updates. */
  close(): void;
  save(): SavedUpdates;
  restore(saved: SavedUpdates): void;
};

/** What the server remembers over a restart. */
export type SavedUpdates = {
  nextId: number;
  pending: { update: Update; at: number }[];
  allowed: readonly string[];
};

type Kept = { update: Update; at: number };
type Waiter = { wake: () => void; supersede: () => void };

/**
 * @param now gives milliseconds since the epoch
 * @param added is told that there are more pending updates than before
 */
export function createUpdateQueue(now: () => number, added: () => void): UpdateQueue {
  let nextId = 100_000_000 + Math.floor(Math.random() * 800_000_000);
  let pending: Kept[] = [];
  let confirmed: Kept[] = [];
  let allowed: readonly string[] = [];
  let waiter: Waiter | undefined;

  const isAllowed = (kind: string) => (allowed.length === 0 ? !BY_NAME_ONLY.has(kind) : allowed.includes(kind));
  const expire = () => {
    pending = pending.filter(({ at }) => now() - at < KEEP_MS);
  };
  const confirmBelow = (id: number) => {
    confirmed.push(...pending.filter(({ update }) => update.update_id < id));
    confirmed = confirmed.slice(-REMEMBERED);
    pending = pending.filter(({ update }) => update.update_id >= id);
  };
  const applyOffset = (offset: number) => {
    if (offset > 0) confirmBelow(offset);
    if (offset < 0) confirmBelow(pending.at(offset)?.update.update_id ?? pending[0]?.update.update_id ?? 0);
  };

  return {
    add(contents) {
      const ids = contents.map((content) => {
        if (!isAllowed(Object.keys(content)[0] ?? '')) return undefined;
        const update_id = nextId;
        nextId += 1;
        pending.push({ update: { update_id, ...content }, at: now() });
        return update_id;
      });
      waiter?.wake();
      added();
      return ids;
    },
    async poll({ offset, limit, timeoutMs, allowed: named, signal }) {
      waiter?.supersede();
      if (named !== undefined) allowed = named;
      expire();
      applyOffset(offset);
      if (pending.length === 0 && timeoutMs > 0) {
        await new Promise<void>((resolve, reject) => {
          const mine = waitFor(timeoutMs, signal, resolve, reject, () => {
            if (waiter === mine) waiter = undefined;
          });
          waiter = mine;
        });
      }
      return pending.slice(0, limit).map(({ update }) => structuredClone(update));
    },
    redeliver(count) {
      const again = count > 0 ? confirmed.splice(-count) : [];
      pending = [...again, ...pending];
      if (again.length > 0) waiter?.wake();
      added();
      return again.length;
    },
    pending: () => pending.map(({ update }) => update),
    drop() {
      pending = [];
    },
    close: () => waiter?.wake(),
    save: () => ({ nextId, pending, allowed }),
    restore(saved) {
      ({ nextId, pending, allowed } = saved);
    },
  };
}

/** Waits for whichever comes first: an update, the time-out, the client's end, a later poll. */
function waitFor(
  timeoutMs: number,
  signal: AbortSignal,
  resolve: () => void,
  reject: (error: Error) => void,
  done: () => void,
): Waiter {
  const finish = (end: () => void) => () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
    done();
    end();
  };
  const wake = finish(resolve);
  const timer = setTimeout(() => wake(), timeoutMs);
  signal.addEventListener('abort', wake, { once: true });
  const conflict = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
  return { wake, supersede: finish(() => reject(new TelegramError(409, conflict))) };
}
