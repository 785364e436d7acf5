import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openQueues, type Queues } from '@signalbox/queues';
import { createLog, type Log, type Pause, pause, startPrivateRedis } from '@signalbox/service';
import { type Simulator, startSimulator } from '@signalbox/simulator';
import type { ChatPace } from '../src/telegram/chat-pace.ts';
import { createTelegramApi, type TelegramApi } from '../src/telegram/telegram-api.ts';

/** The real world that the bot's tests run on: a redis-server of their own, and the simulated Telegram. */
export interface BotWorld {
  readonly simulator: Simulator;
  readonly telegram: Simulator['telegram'];
  readonly api: TelegramApi;
  readonly redisUrl: string;
  readonly redisPid: number;
  /** Plays one process: its own connections and leases, closed with all the rest. */
  open(log?: Pick<Log, 'info' | 'warn' | 'error'>): Promise<Queues>;
  stop(): Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function startBotWorld(): Promise<BotWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-bot-'));
  const [redis, simulator] = await Promise.all([startPrivateRedis({ dir, durable: false }), startSimulator()]);
  const opened: Queues[] = [];
  return {
    simulator,
    telegram: simulator.telegram,
    api: createTelegramApi(simulator.botToken, simulator.url),
    redisUrl: redis.url,
    redisPid: redis.pid,
    async open(log = silent) {
      const queues = await openQueues(redis.url, { app: 'test', log });
      opened.push(queues);
      return queues;
    },
    async stop() {
      await Promise.all(opened.map((queues) => queues.close()));
      await Promise.all([redis.stop(), simulator.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A log that a test can look into, and wait for. */
export function createTestLog(): {
  log: Log;
  lines: Record<string, unknown>[];
  logged(pattern: RegExp): Promise<void>;
} {
  const lines: Record<string, unknown>[] = [];
  const listeners = new Set<() => void>();
  const sink = {
    write(line: string) {
      lines.push(JSON.parse(line));
      for (const listen of listeners) listen();
    },
  };
  return {
    log: createLog({ name: 'test', level: 'debug', redact: (text) => text, sink }),
    lines,
    logged: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          if (!lines.some(({ msg }) => pattern.test(String(msg)))) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Short waits in the place of any; `pauses` is how long the code asked for, in ms. */
export function createShortPause(): { pause: Pause; pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    pause(ms, signal) {
      pauses.push(ms);
      return pause(Math.min(ms, 20), signal);
    },
  };
}

/** A pace that holds nothing up, for tests of what is not about it. */
export const freePace: ChatPace = {
  holdFrames: async () => () => undefined,
  passReply: async () => undefined,
  slowDown: () => undefined,
  frameWaitMs: () => 0,
  sendFrame: (_place, _way, send) => send(),
  repliesIn: () => ({ count: 0, lastAt: 0 }),
};

/** A server that answers every request with the same, whatever it is asked. */
export async function startDumbServer(status: number, body: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A promise with its handles outside. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
