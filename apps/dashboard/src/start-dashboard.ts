import { openQueues } from '@signalbox/queues';
import { readSettingsOf, type Service, type ServiceContext } from '@signalbox/service';
import { urlOf } from './addresses.ts';
import { choosePassword } from './choose-password.ts';
import { createApp } from './create-app.ts';
import { listen } from './listen.ts';

/** Starts the dashboard. Throws `ConfigurationError` or `FatalError` if it cannot work as configured. */
export async function startDashboard(
  { env, log, redact }: ServiceContext,
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Promise<Service> {
  const config = readSettingsOf('dashboard', env);
  const { password, isMade } = choosePassword(config.DASHBOARD_PASSWORD);
  const queues = await openQueues(config.REDIS_URL, { app: 'dashboard', log });
  const app = createApp({
    queues,
    password,
    host: config.DASHBOARD_HOST,
    modelIsSimulated: config.MODEL_IS_SIMULATED,
    redact,
    log,
  });
  const listening = await listen(app, config.DASHBOARD_HOST, config.DASHBOARD_PORT);
  const url = urlOf(config.DASHBOARD_HOST, listening.port);
  log.info(`Dashboard at ${url}, user admin`);
  // Not through the log: logs are kept and passed on, and this is for whoever sits at the terminal.
  if (isMade) print(`The dashboard's password until it is started again: ${password}  (${url}, user admin)`);
  return {
    stopWithinMs: 5_000,
    async stop() {
      await listening.close();
      await queues.close();
    },
  };
}
