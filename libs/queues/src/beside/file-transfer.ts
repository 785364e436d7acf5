import { randomBytes } from 'node:crypto';
import type { Transfer } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import { setFileFields, wantFile } from '../redis/scripts/files.ts';
import { runScript } from '../redis/scripts/script.ts';

/** How far a file is. `absent`: nobody wants it, or it was too long ago. `reason` is for people. */
export type TransferState =
  | { readonly status: 'absent' | 'wanted' | 'done' }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Files on their way between processes that share nothing but Redis. A file exists as long as somebody wants it: whoever wants it makes
 * it, and takes it away when it has the bytes. Whoever brings them can so do it again, or too late, and leave nothing. Every method
 * rejects with Redis's error.
 */
export interface FileTransfers {
  /** Says that the file is wanted, for at most `ttlSeconds`. Resolves to the request, the same one until the file is taken away. */
  want(transfer: Transfer, ttlSeconds: number): Promise<string>;
  look(transfer: Transfer): Promise<TransferState>;
  /** Brings the bytes. Resolves to false if this request no longer wants them. May be done again. */
  put(transfer: Transfer, request: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<boolean>;
  /** Says that the bytes will not come. */
  fail(transfer: Transfer, request: string, reason: string): Promise<void>;
  /** Whether this request still waits for its bytes. */
  isWaiting(transfer: Transfer, request: string): Promise<boolean>;
  /** The bytes, once `done`, a chunk at a time. Throws if they are gone. */
  read(transfer: Transfer): AsyncGenerator<Buffer>;
  /** Takes the file away. */
  drop(transfer: Transfer): Promise<void>;
}

/** Size of one chunk, in bytes: small enough that Redis answers others in between. */
export const CHUNK_BYTES = 512 * 1024;

/** A file’s bytes lie beside the queue of the job that takes them, and end with its key whatever happens to either side. */
export function createFileTransfers(redis: Redis): FileTransfers {
  const keyOf = ({ queue, id }: Transfer) => keys.file(queue, id);
  const set = async (transfer: Transfer, request: string, ...fields: (string | number | Buffer)[]) =>
    (await runScript(redis, setFileFields, [keyOf(transfer)], [request, ...fields])) === 1;
  return {
    async want(transfer, ttlSeconds) {
      const request = randomBytes(6).toString('hex');
      return (await runScript(redis, wantFile, [keyOf(transfer)], [request, ttlSeconds])) as string;
    },
    async look(transfer) {
      const [state, reason] = await redis.hmget(keyOf(transfer), 'state', 'reason');
      if (state === 'failed') return { status: 'failed', reason: reason ?? 'no reason given' };
      return { status: state === 'wanted' || state === 'done' ? state : 'absent' };
    },
    async put(transfer, request, bytes) {
      let chunks = 0;
      for await (const chunk of inChunks(bytes)) {
        if (!(await set(transfer, request, chunks, chunk))) return false;
        chunks += 1;
      }
      return set(transfer, request, 'chunks', chunks, 'state', 'done');
    },
    async fail(transfer, request, reason) {
      await set(transfer, request, 'reason', reason, 'state', 'failed');
    },
    async isWaiting(transfer, request) {
      const [wanted, state] = await redis.hmget(keyOf(transfer), 'request', 'state');
      return wanted === request && state === 'wanted';
    },
    async *read(transfer) {
      const chunks = Number((await redis.hget(keyOf(transfer), 'chunks')) ?? Number.NaN);
      if (Number.isNaN(chunks)) throw new Error(`The file ${transfer.id} is no longer in Redis`);
      for (let index = 0; index < chunks; index += 1) {
        const chunk = await redis.hgetBuffer(keyOf(transfer), String(index));
        if (chunk === null) throw new Error(`The file ${transfer.id} went while it was read`);
        yield chunk;
      }
    },
    async drop(transfer) {
      await redis.unlink(keyOf(transfer));
    },
  };
}

/** The same bytes in pieces of `CHUNK_BYTES`. */
async function* inChunks(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    held.push(piece);
    size += piece.byteLength;
    if (size < CHUNK_BYTES) continue;
    const joined = Buffer.concat(held);
    const whole = joined.byteLength - (joined.byteLength % CHUNK_BYTES);
    for (let at = 0; at < whole; at += CHUNK_BYTES) yield joined.subarray(at, at + CHUNK_BYTES);
    held = [joined.subarray(whole)];
    size = joined.byteLength - whole;
  }
  if (size > 0) yield Buffer.concat(held);
}
