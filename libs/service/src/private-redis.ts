import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';

export interface PrivateRedis {
  /** `unix:` address of the server, for REDIS_URL. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the server has ended, whatever the reason. */
  readonly ended: Promise<unknown>;
  /** Stops the server (SIGTERM: it writes its files) and removes its socket. */
  stop(): Promise<void>;
}

/** A socket's address is cut off by the kernel beyond this, in bytes. */
const LONGEST_SOCKET_PATH = 100;

/** The names under which a server may be installed. */
const SERVERS = ['redis-server', 'valkey-server'];

/**
 * Starts a redis-server (or valkey-server) of our own on a unix socket that only this user can open, with its data in `dir`.
 * `durable`: every write is on disk (AOF, `always`) before it is acknowledged. Throws if none is installed or it does not start.
 */
export async function startPrivateRedis(options: {
  dir: string;
  durable: boolean;
  env?: Record<string, string>;
}): Promise<PrivateRedis> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const direct = join(options.dir, 'redis.sock');
  const short = Buffer.byteLength(direct) <= LONGEST_SOCKET_PATH;
  const socketDir = short ? undefined : mkdtempSync(join(tmpdir(), 'signalbox-redis-'));
  const socket = socketDir === undefined ? direct : join(socketDir, 'redis.sock');
  const { server, ended } = await startServer(serverArguments(options, socket), options.env);
  const cleaned = ended.then(() => (socketDir ? rm(socketDir, { recursive: true, force: true }) : undefined));
  const stop = async () => {
    server.kill('SIGTERM');
    await cleaned;
  };
  return { url: `unix:${socket}`, pid: server.pid as number, ended: cleaned, stop };
}

function serverArguments(options: { dir: string; durable: boolean }, socket: string): string[] {
  return [
    ...['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700'],
    ...['--dir', options.dir, '--save', '', '--maxmemory-policy', 'noeviction'],
    ...['--appendonly', options.durable ? 'yes' : 'no', '--appendfsync', 'always'],
  ];
}

async function startServer(args: string[], env: Record<string, string> = {}) {
  for (const name of SERVERS) {
    // A group of its own: Ctrl-C in the terminal must not reach it before the apps have stopped.
    const server = execa(name, args, { reject: false, buffer: false, detached: true, stdin: 'ignore', env });
    const ended = server.then(({ code }) => code);
    const lines = await linesUntilReady(server.stdout);
    if (lines === 'ready') return { server, ended };
    if ((await ended) !== 'ENOENT') throw new Error(`${name} did not start. It said: ${lines.slice(-3).join(' / ')}`);
  }
  throw new Error(
    'No redis-server or valkey-server is installed. On Debian or Ubuntu: sudo apt-get install redis-server',
  );
}

/** Reads what the server says until it takes connections; all it said if it ended instead. */
function linesUntilReady(stdout: Readable): Promise<'ready' | string[]> {
  const said: string[] = [];
  return new Promise((resolve) => {
    createInterface({ input: stdout })
      .on('line', (line) => {
        if (/ready to accept connections/i.test(line)) resolve('ready');
        else if (said.length < 200) said.push(line);
      })
      .once('close', () => resolve(said));
  });
}
