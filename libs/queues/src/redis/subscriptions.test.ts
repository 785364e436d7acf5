import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { connectRedis, type RedisConnections } from './connections.ts';

let redis: TestRedis;
let member: TestMember;
let heard: string[];
const listener = (message: string) => void heard.push(message);
const onGap = () => void heard.push('gap');
beforeEach(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  heard = [];
});
afterEach(() => redis.stop());

/** Says something until somebody hears it. */
const saidUntilHeard = () => expect.poll(() => member.commands.publish('c', 'later'), { timeout: 15_000 }).toBe(1);
const dropListeners = () => member.commands.client('KILL', 'TYPE', 'pubsub');

describe('a subscription', () => {
  it('whose connection alone is lost is made again, and its listener is told that something may have been missed', async () => {
    await member.subscriptions.subscribe('c', listener, onGap);
    await member.commands.publish('c', 'before');
    await expect.poll(() => heard).toEqual(['before']);
    await dropListeners();
    await saidUntilHeard();
    // What is said at once may be heard before the gap is told.
    await expect.poll(() => heard.toSorted()).toEqual(['before', 'gap', 'later']);
  });

  it('that is lost again before it was made again, or is asked for meanwhile, is made all the same', async () => {
    await member.subscriptions.subscribe('c', listener);
    process.kill(redis.pid, 'SIGSTOP');
    const asked = member.subscriptions.subscribe('d', listener);
    await redis.kill();
    await redis.restart();
    await asked;
    await dropListeners();
    await dropListeners();
    await saidUntilHeard();
    await expect.poll(() => member.commands.publish('d', 'as well')).toBe(1);
    await expect.poll(() => heard).toEqual(['later', 'as well']);
  });

  it('that Redis refuses is told to who asked for it', async () => {
    await member.commands.acl('SETUSER', 'default', 'resetchannels');
    await expect(member.subscriptions.subscribe('c', listener)).rejects.toThrow(/NOPERM/);
  });
});

describe('a connection through something that falls silent', () => {
  let proxy: Server;
  let sockets: Socket[];
  let through: RedisConnections;
  beforeEach(async () => {
    sockets = [];
    proxy = createServer((near) => {
      const far = connect({ path: redis.url.slice('unix:'.length) });
      sockets.push(near, far);
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
    through = await connectRedis(`redis://127.0.0.1:${address.port}`, { onAway: () => {}, onBack: () => {} });
  });
  afterEach(() => {
    through.close();
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });

  it('is replaced, that of commands as well as that of subscriptions', async () => {
    await through.subscriptions.subscribe('c', listener, onGap);
    for (const socket of sockets.splice(0)) socket.unpipe().pause();
    await expect.poll(() => heard, { timeout: 15_000 }).toEqual(['gap']);
    await expect.poll(() => through.isWell(), { timeout: 15_000 }).toBe(true);
  }, 30_000);
});
