import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { RawEnvironment } from '@signalbox/service';
import getPort from 'get-port';
import { guide } from './guide.ts';
import { keepRedis } from './keep-redis.ts';
import { type RunAppsOptions, runApps } from './run-apps.ts';
import { say } from './say.ts';
import { createLogLines } from './show-log-line.ts';

/** A start that was planned. */
export interface Start extends Pick<RunAppsOptions, 'root' | 'plan' | 'stateDir' | 'workerOnly'> {
  readonly settings: RawEnvironment;
  /** What a person types to get Claude Code. */
  readonly claude: string;
}

/** Something that was started and must be ended. */
export interface Running {
  stop(): Promise<void>;
  kill(): void;
}

/** Starts Redis, if it is ours, and the apps, and puts them into `running`. Resolves to the exit code when it is time to end them. */
export async function runUntilStopped(start: Start, running: Running[], stopped: Promise<void>): Promise<number> {
  const { root, settings, plan, claude, stateDir, workerOnly } = start;
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
    const onReady = (simulatorUrl: string | undefined, missing: readonly string[]) =>
      console.log(guide({ plan, claude, settings, simulatorUrl, dashboardPort, madePassword, missing }));
    running.push(
      runApps({ root, stateDir, env, plan, workerOnly, simulatorPort, onLine, onNews: say, onReady, onHopeless }),
    );
  });
  const hopeless = await Promise.race([stopped, failed]);
  if (hopeless === undefined) say('Stopping. Ctrl-C again ends it at once.');
  else console.error(`signalbox The ${hopeless} cannot run as it is configured; its last line says why. Stopping.`);
  return hopeless === undefined ? 0 : 1;
}
