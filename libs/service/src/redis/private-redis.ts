import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** The kernel takes socket addresses of up to 107 bytes; this is what is left for the directory. */
const LONGEST_SOCKET_PATH = 90;

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
  makeOwnDirectory(options.dir);
  const dir = resolve(options.dir);
  const socketDir = socketDirectory(dir);
  const socket = join(socketDir, 'redis.sock');
  await stopLeftOver(socket);
  const { server, ended } = await startServer(serverArguments(options, socket), options.env);
  const leftover = socketDir === dir ? socket : socketDir;
  const cleaned = ended.then(() => rm(leftover, { recursive: true, force: true }));
  const stop = async () => {
    server.kill('SIGTERM');
    await cleaned;
  };
  return { url: `unix:${socket}`, pid: server.pid as number, ended: cleaned, stop };
}

/** Where the socket goes: beside the data, or, if that path is too long, to a directory of its own that is always the same. */
function socketDirectory(dir: string): string {
  if (Buffer.byteLength(dir) <= LONGEST_SOCKET_PATH) return dir;
  const short = join(tmpdir(), `signalbox-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`);
  makeOwnDirectory(short);
  return short;
}

function makeOwnDirectory(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(dir);
  if (uid !== process.getuid?.())
    throw new Error(`${dir} belongs to another user (uid ${uid}). Remove it, or choose another place.`);
}

/** Ends a server that was left on the same data by a process that was killed: two would ruin each other's files. */
async function stopLeftOver(socket: string): Promise<void> {
  const connection = createConnection(socket);
  try {
    await once(connection, 'connect');
  } catch {
    return;
  }
  connection.write('SHUTDOWN\r\n');
  connection.resume();
  await once(connection, 'close');
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
