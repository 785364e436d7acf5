import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { CHUNK_BYTES, createFileTransfers, type FileTransfers } from './file-transfer.ts';

let server: TestRedis;
let member: TestMember;
let transfers: FileTransfers;
beforeAll(async () => {
  server = await startTestRedis();
  member = await server.member('a');
  transfers = createFileTransfers(member.commands);
});
afterAll(() => server.stop());

let made = 0;
const fresh = () => ({ queue: 'session-web', id: `t-${++made}` });
const keys = () => member.commands.keys('*file:*');

async function readAll(transfer: { queue: string; id: string }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of transfers.read(transfer)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a file on its way', () => {
  it.each([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES - 1])(
    'of %i bytes arrives as it was, and leaves nothing when it is taken away',
    async (size) => {
      const transfer = fresh();
      const bytes = randomBytes(size);
      const request = await transfers.want(transfer, 60);
      expect(await transfers.look(transfer)).toEqual({ status: 'wanted' });
      // Pieces of any size, as they come from a socket.
      const pieces = [bytes.subarray(0, 100), bytes.subarray(100, CHUNK_BYTES * 2), bytes.subarray(CHUNK_BYTES * 2)];
      expect(await transfers.put(transfer, request, pieces)).toBe(true);
      expect(await transfers.look(transfer)).toEqual({ status: 'done' });
      expect((await readAll(transfer)).equals(bytes)).toBe(true);
      await transfers.drop(transfer);
      expect(await keys()).toEqual([]);
    },
  );

  it('lies in pieces of bounded size beside its queue, and not for ever', async () => {
    const transfer = fresh();
    await transfers.put(transfer, await transfers.want(transfer, 60), [Buffer.alloc(2 * CHUNK_BYTES + 1)]);
    const [key = ''] = await keys();
    expect(key).toContain('{session-web}');
    expect(await member.commands.hstrlen(key, '0')).toBe(CHUNK_BYTES);
    expect(await member.commands.ttl(key)).toBeGreaterThan(0);
    await transfers.drop(transfer);
  });

  it('is one request for all who want it, until it is taken away', async () => {
    const transfer = fresh();
    const first = await transfers.want(transfer, 60);
    expect(await transfers.want(transfer, 60)).toBe(first);
    await transfers.drop(transfer);
    expect(await transfers.want(transfer, 60)).not.toBe(first);
    await transfers.drop(transfer);
  });

  it('can be brought again after a crash in the middle', async () => {
    const transfer = fresh();
    const request = await transfers.want(transfer, 60);
    const crash = async function* () {
      yield randomBytes(CHUNK_BYTES);
      throw new Error('crashed');
    };
    await expect(transfers.put(transfer, request, crash())).rejects.toThrow('crashed');
    expect(await transfers.isWaiting(transfer, request)).toBe(true);
    await transfers.put(transfer, request, [Buffer.from('whole')]);
    expect((await readAll(transfer)).toString()).toBe('whole');
    await transfers.drop(transfer);
  });

  it('that nobody wants any more is not brought, and leaves nothing', async () => {
    const transfer = fresh();
    const request = await transfers.want(transfer, 60);
    await transfers.drop(transfer);
    expect(await transfers.isWaiting(transfer, request)).toBe(false);
    expect(await transfers.put(transfer, request, [Buffer.from('late')])).toBe(false);
    await transfers.fail(transfer, request, 'late');
    expect(await keys()).toEqual([]);
    expect(await transfers.look(transfer)).toEqual({ status: 'absent' });
    await expect(readAll(transfer)).rejects.toThrow(/no longer in Redis/);
  });

  it('that cannot come says why', async () => {
    const transfer = fresh();
    await transfers.fail(transfer, await transfers.want(transfer, 60), 'too large');
    expect(await transfers.look(transfer)).toEqual({ status: 'failed', reason: 'too large' });
    await transfers.drop(transfer);
  });
});
