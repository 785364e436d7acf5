import { join } from 'node:path';
import { handOn, type RawEnvironment } from '@signalbox/service';
import { type StartPlan, withSimulated } from './plan-start.ts';
import { type Supervised, supervise } from './supervise.ts';

/** What `npm start` runs. */
type AppName = 'bot' | 'worker' | 'dashboard' | 'simulator';

export interface RunningApps {
  /** Ends all apps, in an order that lets them finish. */
  stop(): Promise<void>;
  kill(): void;
}

export interface RunAppsOptions {
  readonly root: string;
  readonly stateDir: string;
  readonly env: RawEnvironment;
  readonly plan: StartPlan;
  readonly simulatorPort: number;
  /** Variables that the worker alone is given. */
  readonly workerOnly: readonly string[];
  onLine(name: string, line: string): void;
  onNews(sentence: string): void;
  /** All apps serve, or it is known which do not yet (`missing`). `simulatorUrl`: where the simulator is, if one runs. */
  onReady(simulatorUrl: string | undefined, missing: readonly string[]): void;
  /** An app cannot run as it is configured. */
  onHopeless(name: string): void;
}

/** What the simulator tells whoever started it. */
interface SimulatorCard {
  readonly url: string;
  readonly botToken: string;
  readonly users: readonly number[];
  readonly groups: readonly number[];
}

/** How long all apps are waited for before it is told what runs, in ms. */
const GUIDE_AFTER_MS = 15_000;

type Run = (name: AppName, env: Record<string, string>, onMessage: (message: unknown) => void) => void;

/** Starts the apps; if something is simulated, the simulator first, whose address they need. */
export function runApps(options: RunAppsOptions): RunningApps {
  const running = new Map<AppName, Supervised>();
  let stopping = false;
  const run: Run = (name, env, onMessage) => {
    if (stopping || running.has(name)) return;
    const entry = join(options.root, 'apps', name, 'dist', 'main.js');
    const { root: cwd, onLine, onNews, onHopeless } = options;
    running.set(name, supervise({ name, entry, env, cwd, onLine, onNews, onHopeless, onMessage }));
  };
  const { plan } = options;
  if (plan.simulatesTelegram || plan.simulatesModel) {
    runSimulator(options, run, (card) => runServices(options, run, card));
  } else {
    runServices(options, run, undefined);
  }
  return {
    async stop() {
      stopping = true;
      const services = [...running].filter(([name]) => name !== 'simulator');
      await Promise.all(services.map(([, app]) => app.stop()));
      // Last: the others need it on their way out.
      await running.get('simulator')?.stop();
    },
    kill() {
      for (const app of running.values()) app.kill();
    },
  };
}

function runSimulator(
  { env, plan, stateDir, simulatorPort, workerOnly }: RunAppsOptions,
  run: Run,
  onListening: (card: SimulatorCard) => void,
): void {
  const simulatorEnv = {
    ...handOn('simulator', env, workerOnly),
    SIMULATOR_PORT: String(simulatorPort),
    SIMULATOR_MODEL_IS_SIMULATED: String(plan.simulatesModel),
    SIMULATOR_STATE_DIR: join(stateDir, 'simulator'),
  };
  run('simulator', simulatorEnv, (message) => {
    if (typeOf(message) === 'listening') onListening(message as SimulatorCard);
  });
}

function runServices(options: RunAppsOptions, run: Run, simulator: SimulatorCard | undefined): void {
  const env = simulator ? withSimulated(options.env, options.plan, simulator, options.stateDir) : options.env;
  const waiting = new Set<AppName>(['bot', 'worker', 'dashboard']);
  let isTold = false;
  const tell = () => {
    if (!isTold) options.onReady(simulator?.url, [...waiting]);
    isTold = true;
  };
  // One that waits for Telegram or Redis may do so for long: whoever started it is to know what runs all the same.
  setTimeout(tell, GUIDE_AFTER_MS).unref();
  for (const name of [...waiting]) {
    run(name, handOn(name, env, options.workerOnly), (message) => {
      if (typeOf(message) === 'ready' && waiting.delete(name) && waiting.size === 0) tell();
    });
  }
}

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
}
