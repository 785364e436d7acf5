import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openQueues } from '@signalbox/queues';
import { type PrivateRedis, startPrivateRedis } from '@signalbox/service';
import {
  ANN,
  BOB,
  GROUP_ID,
  type Person,
  type ShownMessage,
  type Simulator,
  startSimulator,
} from '@signalbox/simulator';
import { type AppName, type AppProcess, startApp } from './app-process.ts';
import { type LivingProcess, processesWith, zombiesOf } from './census.ts';
import { findKeyProblems } from './redis-keys.ts';

const personas = fileURLToPath(new URL('../../personas', import.meta.url));

export interface WorldOptions {
  /** Which production processes to start. */
  readonly apps?: readonly AppName[];
  readonly env?: Record<string, string>;
  /** The people of the simulated Telegram, all of them allowed (Ann and Bob). */
  readonly people?: readonly Person[];
}

/** The whole of Signalbox on real parts, with the two clouds simulated; everything it makes lies in one directory of its own. */
export class World {
  readonly dir: string;
  redis: PrivateRedis;
  readonly simulator: Simulator;
  readonly env: Record<string, string>;
  readonly apps: AppProcess[] = [];
  readonly #closing: (() => Promise<void>)[] = [];
  /** The last message of each chat before the page that is looked at. */
  readonly #read = new Map<number, number>();

  constructor(dir: string, redis: PrivateRedis, simulator: Simulator, env: Record<string, string>) {
    this.dir = dir;
    this.redis = redis;
    this.simulator = simulator;
    this.env = {
      TELEGRAM_BOT_TOKEN: simulator.botToken,
      TELEGRAM_API_ROOT: simulator.url,
      TELEGRAM_ALLOWED_USERS: simulator.telegram.users.map(({ id }) => id).join(','),
      TELEGRAM_ALLOWED_CHATS: String(GROUP_ID),
      REDIS_URL: redis.url,
      SESSIONS_DIR: join(dir, 'sessions'),
      PERSONAS_DIR: personas,
      HOME: join(dir, 'home'),
      CLAUDE_CONFIG_DIR: join(dir, 'claude'),
      ANTHROPIC_BASE_URL: simulator.url,
      ANTHROPIC_API_KEY: 'sentinel-anthropic-key',
      MODEL_IS_SIMULATED: '1',
      GRACE_SECONDS: '5',
      ...env,
    };
  }

  get telegram() {
    return this.simulator.telegram;
  }

  start(name: AppName, env: Record<string, string> = {}, build?: string): AppProcess {
    const app = startApp(name, { ...this.env, ...env }, build);
    this.apps.push(app);
    return app;
  }

  /** Starts the apps and waits until they serve. */
  async startAll(names: readonly AppName[], env: Record<string, string> = {}): Promise<AppProcess[]> {
    const ready = { bot: /Taking messages/, worker: /Serving pool/, dashboard: /Dashboard/ };
    const apps = names.map((name) => this.start(name, env));
    await Promise.all(apps.map((app, i) => app.waitForOutput(ready[names[i] as AppName])));
    return apps;
  }

  /** Has something of a test closed when the world stops, before Redis does. */
  closeAtEnd<T extends { close(): Promise<void> }>(part: T): T {
    this.#closing.push(() => part.close());
    return part;
  }

  /** Says something as Ann in her private chat, and resolves to the bot's first new message that matches. */
  async ask(text: string, expected: RegExp | string, from: number = ANN.id): Promise<ShownMessage> {
    const before = this.shown(from).length;
    this.telegram.say({ from, text });
    return this.shows(expected, from, before);
  }

  /** What the bot shows in a chat now, oldest first; of what came before the page was turned nothing. */
  shown(chat: number = ANN.id, thread?: number): ShownMessage[] {
    const read = this.#read.get(chat) ?? 0;
    const isNew = ({ id, from, deleted }: ShownMessage) => id > read && from.isBot && !deleted;
    return this.telegram.messages(chat, thread).filter(isNew);
  }

  /** For tests that share a world: from now on nothing of what was said, asked of the model or broken before is seen. */
  turnPage(): void {
    for (const { id } of this.telegram.chats) {
      const last = Math.max(0, ...this.telegram.allMessages(id).map((message) => message.id));
      this.#read.set(id, last);
    }
    this.simulator.anthropic.reset();
    this.telegram.faults.clear();
  }

  /** The worker that was started last. */
  get worker(): AppProcess | undefined {
    return this.apps.findLast(({ name }) => name === 'worker');
  }

  texts(chat: number = ANN.id, thread?: number): string[] {
    return this.shown(chat, thread).map(({ text }) => text);
  }

  /** Resolves to the first message of the bot from the `skip`th on that matches, as soon as it is shown. */
  shows(expected: RegExp | string, chat: number = ANN.id, skip = 0): Promise<ShownMessage> {
    const matches = ({ text }: ShownMessage) =>
      typeof expected === 'string' ? text === expected : expected.test(text);
    const look = () => this.shown(chat).slice(skip).find(matches);
    return this.telegram.waitFor(look, { timeoutMs: 30_000, describe: `the bot to say ${expected} in chat ${chat}` });
  }

  async metadata(session: string): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(this.dir, 'sessions', session, 'metadata.json'), 'utf8'));
  }

  /** Starts Redis again on the same data, after it was killed. */
  async restartRedis(): Promise<void> {
    this.redis = await startPrivateRedis({ dir: join(this.dir, 'redis'), durable: true });
  }

  /** Opens the queues as a process of the project would; the caller closes them. */
  openQueues() {
    const silent = () => undefined;
    return openQueues(this.redis.url, { app: 'test', log: { info: silent, warn: silent, error: silent } });
  }

  /** The Claude processes and their tools that live. */
  claudes() {
    return processesWith(`SIGNALBOX_SESSION=${encodeURI(this.dir)}`);
  }

  /** Stops everything and throws if anything is left behind, or Redis holds a key that its schema does not know. */
  async stop(): Promise<void> {
    // One that a test froze could not stop.
    for (const app of this.apps) app.kill('SIGCONT');
    await Promise.all(this.apps.map((app) => app.stop()));
    await Promise.all(this.#closing.map((close) => close()));
    const zombies = await lastingZombies();
    const claudes = await this.claudes();
    const keys = await findKeyProblems(this.redis).catch((error: unknown) => [`It cannot be read: ${error}`]);
    await this.redis.stop();
    await this.simulator.close();
    const left = await processesWith(this.dir);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    await rm(this.dir, { recursive: true, force: true });
    const found = [...zombies, ...claudes, ...left];
    if (found.length > 0) throw new Error(`Left behind: ${JSON.stringify(found)}`);
    if (keys.length > 0) throw new Error(`Redis is not as libs/queues/src/redis/schema says:\n${keys.join('\n')}`);
  }
}

/** Makes a world and starts the given apps in it (bot and worker). */
export async function startWorld({
  apps = ['bot', 'worker'],
  env = {},
  people = [ANN, BOB],
}: WorldOptions = {}): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-e2e-'));
  const [redis, simulator] = await Promise.all([
    startPrivateRedis({ dir: join(dir, 'redis'), durable: true }),
    startSimulator({ users: people }),
  ]);
  const world = new World(dir, redis, simulator, env);
  try {
    await world.startAll(apps);
    return world;
  } catch (error) {
    await world.stop().catch(() => undefined);
    throw error;
  }
}

/** Zombies of this process. One that has just ended, of a test beside this one, is about to be reaped. */
async function lastingZombies(): Promise<LivingProcess[]> {
  const before = await zombiesOf([process.pid]);
  if (before.length === 0) return [];
  await delay(500);
  const after = await zombiesOf([process.pid]);
  return after.filter(({ pid }) => before.some((zombie) => zombie.pid === pid));
}
