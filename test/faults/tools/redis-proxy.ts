import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { type Hold, Holds } from './hold.ts';
import { RespReader, type RespValue } from './resp.ts';

/** A command of the app, as a test picks it out. */
export interface RedisCommand {
  /** In capitals. */
  readonly name: string;
  readonly args: readonly string[];
  /** Name of the script of BullMQ that it runs, e.g. `moveToActive`. */
  readonly script?: string | undefined;
}

/** A command and what Redis answered to it. */
export interface RedisAnswer extends RedisCommand {
  readonly reply: RespValue;
}

/** Stands between one app and its Redis, so that a test can stop the app between two commands. */
export interface RedisProxy {
  /** For REDIS_URL of the app. */
  readonly url: string;
  /** Holds the next command that matches before it is forwarded, and what comes after it on its connection. */
  before(matches: (command: RedisCommand) => boolean): Hold<RedisCommand>;
  /** Holds the answer to the next command that matches: Redis has carried it out, and the app does not know. */
  after(matches: (answer: RedisAnswer) => boolean): Hold<RedisAnswer>;
  close(): Promise<void>;
}

/** Starts a proxy in front of the Redis at `target` (`unix:` and a path). */
export async function startRedisProxy(target: string): Promise<RedisProxy> {
  const before = new Holds<RedisCommand>();
  const after = new Holds<RedisAnswer>();
  const sockets = new Set<Socket>();
  const server = createServer((app) => {
    const redis = createConnection(target.replace(/^unix:/, ''));
    for (const socket of [app, redis]) {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    }
    app.once('close', () => redis.end());
    redis.once('close', () => app.destroy());
    link(app, redis, before, after);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    before: (matches) => before.add(matches),
    after: (matches) => after.add(matches),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Passes commands one way and answers the other, in order; each answer belongs to the oldest command without one. */
function link(app: Socket, redis: Socket, before: Holds<RedisCommand>, after: Holds<RedisAnswer>): void {
  const unanswered: RedisCommand[] = [];
  // What is published to a subscriber answers no command.
  let isSubscriber = false;
  void forward(app, redis, async (value) => {
    const command = readCommand(value);
    isSubscriber ||= command.name === 'SUBSCRIBE';
    await before.pass(command);
    unanswered.push(command);
  });
  void forward(redis, app, async (reply) => {
    const command = unanswered.shift();
    if (command && !isSubscriber) await after.pass({ ...command, reply });
  });
}

async function forward(from: Socket, to: Socket, pass: (value: RespValue) => Promise<void>): Promise<void> {
  const reader = new RespReader();
  try {
    for await (const chunk of from) {
      for (const { value, bytes } of reader.push(chunk as Buffer)) {
        await pass(value);
        to.write(bytes);
      }
    }
  } catch (error) {
    from.destroy();
    // The connection was cut, as it is when the app is killed. Anything else is a bug, and ends the test run.
    if (!(error as NodeJS.ErrnoException).code) throw error;
  }
}

const scripts: Record<string, { name: string; content: string }> = createRequire(import.meta.url)(
  'bullmq/dist/cjs/scripts/index.js',
);
const scriptNames = new Map(
  Object.values(scripts).map(({ name, content }) => [createHash('sha1').update(content).digest('hex'), name]),
);

function readCommand(value: RespValue): RedisCommand {
  const [name = '', ...args] = Array.isArray(value) ? value.map(String) : [];
  const [body = ''] = args;
  const sha = name.toUpperCase() === 'EVAL' ? createHash('sha1').update(body).digest('hex') : body;
  return { name: name.toUpperCase(), args, script: scriptNames.get(sha) };
}
