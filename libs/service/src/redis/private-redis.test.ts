import { mkdtempSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts';

let dir: string;
const started: PrivateRedis[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((redis) => redis.stop()));
  await rm(dir, { recursive: true, force: true });
});

async function start(at = dir) {
  const redis = await startPrivateRedis({ dir: at, durable: true });
  started.push(redis);
  return redis;
}

/** Sends one inline command and resolves to the first chunk of the answer. */
function ask(redis: PrivateRedis, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(redis.url.slice('unix:'.length));
    connection.once('error', reject);
    connection.once('data', (data) => {
      connection.destroy();
      resolve(data.toString());
    });
    connection.write(`${command}\r\n`);
  });
}

describe('the private Redis', () => {
  it('keeps what was acknowledged when it is killed', async () => {
    const first = await start();
    await ask(first, 'SET key value');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    expect(await ask(await start(), 'GET key')).toContain('value');
  });

  it('never evicts, and writes before it acknowledges', async () => {
    const redis = await start();
    expect(await ask(redis, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
    expect(await ask(redis, 'CONFIG GET appendfsync')).toContain('always');
  });

  it('can be opened by its own user alone', async () => {
    const redis = await start();
    const socket = redis.url.slice('unix:'.length);
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    expect(await ask(redis, 'CONFIG GET port')).toContain('$1\r\n0');
  });

  it('takes the place of a server that was left on the same data', async () => {
    const left = await start();
    const next = await start();
    await left.ended;
    expect(next.pid).not.toBe(left.pid);
  });

  it('starts in a directory whose path is too long for a socket', async () => {
    const deep = join(dir, 'd'.repeat(60), 'd'.repeat(60));
    await mkdir(deep, { recursive: true });
    expect(await ask(await start(deep), 'PING')).toContain('PONG');
  });
});
