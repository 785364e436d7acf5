import { type RawEnvironment, readSettingsOf } from '@signalbox/service';
import { DEFAULT_BOT_TOKEN, type SimulatorOptions } from '@signalbox/simulator';

const DEFAULT_PORT = 8081;

/** Reads the settings of the simulator's own process. Throws `ConfigurationError` with all problems at once. */
export function readSettings(env: RawEnvironment) {
  const settings = readSettingsOf('simulator', env);
  return {
    port: settings.SIMULATOR_PORT ?? DEFAULT_PORT,
    host: settings.SIMULATOR_HOST ?? '127.0.0.1',
    botToken: settings.SIMULATOR_BOT_TOKEN ?? DEFAULT_BOT_TOKEN,
    modelIsSimulated: settings.SIMULATOR_MODEL_IS_SIMULATED !== 'false',
    stateDir: settings.SIMULATOR_STATE_DIR,
  } satisfies SimulatorOptions;
}
