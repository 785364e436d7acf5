import { DEFAULT_BOT_TOKEN, type SimulatorOptions } from '@signalbox/simulator';

/** The settings of the simulator's own process. */
export type Settings = Required<Pick<SimulatorOptions, 'port' | 'host' | 'botToken' | 'modelIsSimulated'>> &
  Pick<SimulatorOptions, 'stateDir'>;

const DEFAULT_PORT = 8081;

/**
 * Reads the settings from the environment.
 * @throws Error that lists every variable with a wrong value, what is expected and what came
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const port = Number(env.SIMULATOR_PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push(`SIMULATOR_PORT: expected a port, 0 to 65535 (0 takes any), got "${env.SIMULATOR_PORT}"`);
  }
  const simulated = env.SIMULATOR_MODEL_IS_SIMULATED ?? 'true';
  if (simulated !== 'true' && simulated !== 'false') {
    problems.push(`SIMULATOR_MODEL_IS_SIMULATED: expected true or false, got "${simulated}"`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return {
    port,
    host: env.SIMULATOR_HOST ?? '127.0.0.1',
    botToken: env.SIMULATOR_BOT_TOKEN ?? DEFAULT_BOT_TOKEN,
    modelIsSimulated: simulated === 'true',
    stateDir: env.SIMULATOR_STATE_DIR || undefined,
  };
}
