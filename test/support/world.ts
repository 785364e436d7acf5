import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openQueues } from '@signalbox/queues';
import { type PrivateRedis, startPrivateRedis } from '@signalbox/service';
import { ANN, BOB, GROUP_ID, type Person, type Simulator, startSimulator } from '@signalbox/simulator';
import { type AppName, type AppProcess, startApp } from './app-process.ts';
import { type LivingProcess, processesWith, zombiesOf } from './census.ts';
import { Chat } from './chat.ts';
import { library, writePersonas } from './personas.ts';
import { findKeyProblems } from './redis-keys.ts';

/** What a world is to be made of. */
export interface WorldOptions {
  /** Which production processes to start (bot and worker). */
  readonly apps?: readonly AppName[];
  /** More of the environment of all processes; it may depend on the directory of the world. */
  readonly env?: Record<string, string> | ((dir: string) => Record<string, string>);
  /** The people of the simulated Telegram, all of them allowed (Ann and Bob). */
  readonly people?: readonly Person[];
  /** Personas beside the project's own: the settings of each by its name. */
  readonly personas?: Record<string, object>;
}

const READY: Record<AppName, RegExp> = { bot: /Taking messages/, worker: /Serving pool/, dashboard: /Dashboard/ };

/** The whole of Signalbox on real parts, with the two clouds simulated; everything it makes lies in one directory of its own. */
export class World extends Chat {
  dir = '';
  redis!: PrivateRedis;
  simulator!: Simulator;
  env: Record<string, string> = {};
  apps: AppProcess[] = [];
  #closing: (() => Promise<void>)[] = [];
  #isOpen = false;

  /** Makes all of it and starts the given apps. */
  async open({ apps = ['bot', 'worker'], env = {}, people = [ANN, BOB], personas }: WorldOptions = {}): Promise<void> {
    this.openBook();
    this.apps = [];
    this.#closing = [];
    this.dir = mkdtempSync(join(tmpdir(), 'signalbox-e2e-'));
    [this.redis, this.simulator] = await Promise.all([
      startPrivateRedis({ dir: join(this.dir, 'redis'), durable: true }),
      startSimulator({ users: people }),
    ]);
    this.#isOpen = true;
    this.env = {
      TELEGRAM_BOT_TOKEN: this.simulator.botToken,
      TELEGRAM_API_ROOT: this.simulator.url,
      TELEGRAM_ALLOWED_USERS: this.telegram.users.map(({ id }) => id).join(','),
      TELEGRAM_ALLOWED_CHATS: String(GROUP_ID),
      GROUP_MODE: 'all',
      REDIS_URL: this.redis.url,
      SESSIONS_DIR: join(this.dir, 'sessions'),
      PERSONAS_DIR: personas ? writePersonas(join(this.dir, 'personas'), personas) : library,
      HOME: join(this.dir, 'home'),
      CLAUDE_CONFIG_DIR: join(this.dir, 'claude'),
      ANTHROPIC_BASE_URL: this.simulator.url,
      ANTHROPIC_API_KEY: 'sentinel-anthropic-key',
      MODEL_IS_SIMULATED: '1',
      GRACE_SECONDS: '5',
      ...(typeof env === 'function' ? env(this.dir) : env),
    };
    await this.startAll(apps);
  }

  start(name: AppName, env: Record<string, string> = {}, build?: string): AppProcess {
    const app = startApp(name, { ...this.env, ...env }, build);
    this.apps.push(app);
    return app;
  }

  /** Starts the apps and waits until they serve. */
  async startAll(names: readonly AppName[], env: Record<string, string> = {}): Promise<AppProcess[]> {
    const apps = names.map((name) => this.start(name, env));
    await Promise.all(apps.map((app) => app.waitForOutput(READY[app.name])));
    return apps;
  }

  /** Has something of a test closed when the world stops, before Redis does. */
  closeAtEnd<T extends { close(): Promise<void> }>(part: T): T {
    this.#closing.push(() => part.close());
    return part;
  }

  /** The worker that was started last. */
  get worker(): AppProcess | undefined {
    return this.#last('worker');
  }

  /** The bot that was started last. */
  get bot(): AppProcess | undefined {
    return this.#last('bot');
  }

  /** Ends the app of this name that was started last; resolves when it has ended. */
  async end(name: AppName, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const app = this.#last(name);
    app?.kill(signal);
    await app?.ended;
  }

  /** Ends the app of this name that was started last, and starts another. */
  async replace(name: AppName, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.end(name, signal);
    await this.startAll([name]);
  }

  /** Kills Redis as the loss of its machine would. */
  async killRedis(): Promise<void> {
    process.kill(this.redis.pid, 'SIGKILL');
    await this.redis.ended;
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

  /** What a session keeps of itself on disk. */
  async metadata(session: string): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(this.dir, 'sessions', session, 'metadata.json'), 'utf8'));
  }

  /** A path in the directory that Claude works in. */
  workspace(session: string, file = ''): string {
    return join(this.dir, 'sessions', session, 'workspace', file);
  }

  /** The Claude processes and their tools that live. */
  claudes(): Promise<LivingProcess[]> {
    return processesWith(`SIGNALBOX_SESSION=${encodeURI(this.dir)}`);
  }

  /** Those of them that are no tools. */
  async claudesAlone(): Promise<LivingProcess[]> {
    return (await this.claudes()).filter(({ command }) => command.includes('--input-format'));
  }

  /** Stops everything and throws if anything is left behind. Does nothing where none is open. */
  /** Stops everything and throws if anything is left behind, or Redis holds a key that its schema does not know. */
  async stop(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
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

  #last(name: AppName): AppProcess | undefined {
    return this.apps.findLast((app) => app.name === name);
  }
}

/** Makes a world and starts the given apps in it (bot and worker). Whoever calls stops it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const world = new World();
  try {
    await world.open(options);
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
