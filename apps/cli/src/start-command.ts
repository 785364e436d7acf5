import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError, type RawEnvironment, readTogether } from '@signalbox/service';
import getPort from 'get-port';
import { detectLogin } from './detect-login.ts';
import { guide } from './guide.ts';
import { keepRedis } from './keep-redis.ts';
import { planStart } from './plan-start.ts';
import { houseVariables, requireHouse } from './read-house.ts';
import { readSettings } from './read-settings.ts';
import { type RunAppsOptions, runApps } from './run-apps.ts';
import { createLogLines } from './show-log-line.ts';
import { takeStartLock } from './start-lock.ts';
import { listenForStop } from './stop-signals.ts';

interface Start extends Pick<RunAppsOptions, 'root' | 'plan' | 'stateDir' | 'workerOnly'> {
  readonly settings: RawEnvironment;
}

interface Running {
  stop(): Promise<void>;
  kill(): void;
}

/** `signalbox start`: everything in one terminal until Ctrl-C. Resolves to the exit code. */
export async function startCommand(root: string): Promise<number> {
  const running: Running[] = [];
  const signals = listenForStop(() => {
    say('Ending at once. What was running is continued at the next start.');
    for (const each of running) each.kill();
  });
  try {
    const settings = await readSettings(root);
    const planned = detectLogin(settings).then((isLoggedIn) => planStart(settings, isLoggedIn));
    const [plan, house] = await readTogether(planned, requireHouse(settings, root));
    const stateDir = resolve(root, settings.STATE_DIR || '.signalbox');
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    const lock = await takeStartLock(join(stateDir, 'start.pid'));
    try {
      return await runUntilStopped(
        { root, settings, plan, stateDir, workerOnly: houseVariables(house) },
        running,
        signals.first,
      );
    } finally {
      // Redis was started first and ends last: what the apps hand over on their way out is still written.
      for (const each of running.reverse()) await each.stop();
      await lock.release();
      say('Stopped.');
    }
  } catch (error) {
    // What a person can mend is said in a sentence; the rest needs its stack.
    const isExpected = error instanceof ConfigurationError || (error as Error).constructor === Error;
    console.error(isExpected ? `signalbox ${(error as Error).message}` : error);
    return 1;
  }
}

async function runUntilStopped(
  { root, settings, plan, stateDir, workerOnly }: Start,
  running: Running[],
  stopped: Promise<void>,
): Promise<number> {
  const redis = plan.privateRedis ? await keepRedis(join(stateDir, 'redis'), say) : undefined;
  if (redis) running.push(redis);
  const madePassword = settings.DASHBOARD_PASSWORD ? undefined : randomBytes(9).toString('base64url');
  const dashboardPort = plan.ports.dashboard ?? (await getPort({ port: 3000 }));
  const simulatorPort = plan.ports.simulator ?? (await getPort({ port: 8081 }));
  const env = {
    ...settings,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    ...(madePassword ? { DASHBOARD_PASSWORD: madePassword } : {}),
    DASHBOARD_PORT: String(dashboardPort),
  };
  const toLine = createLogLines(process.stdout.isTTY);
  const failed = new Promise<string>((onHopeless) => {
    const onLine = (name: string, line: string) => console.log(toLine(name, line));
    const onReady = (simulatorUrl: string | undefined) =>
      console.log(guide({ plan, settings, simulatorUrl, dashboardPort, madePassword }));
    running.push(
      runApps({ root, stateDir, env, plan, workerOnly, simulatorPort, onLine, onNews: say, onReady, onHopeless }),
    );
  });
  const hopeless = await Promise.race([stopped, failed]);
  if (hopeless === undefined) say('Stopping. Ctrl-C again ends it at once.');
  else console.error(`signalbox The ${hopeless} cannot run as it is configured; its last line says why. Stopping.`);
  return hopeless === undefined ? 0 : 1;
}

function say(sentence: string): void {
  console.log(`signalbox ${sentence}`);
}
