import { join } from 'node:path';
import type { AllSettings, RawEnvironment } from '@signalbox/service';

/** What `npm start` is going to run, and with what. */
export interface StartPlan {
  /** Whether Redis is ours to start. */
  readonly privateRedis: boolean;
  readonly simulatesTelegram: boolean;
  readonly simulatesModel: boolean;
  /** The ports that were asked for; `undefined`: any that is free. */
  readonly ports: { readonly dashboard: number | undefined; readonly simulator: number | undefined };
}

/** Decides what is real and what is simulated. `isLoggedIn`: Claude has a login of its own. */
export function planStart(config: AllSettings, env: RawEnvironment, isLoggedIn: boolean): StartPlan {
  const hasModel =
    isLoggedIn || Boolean(config.ANTHROPIC_API_KEY || config.CLAUDE_CODE_OAUTH_TOKEN || config.ANTHROPIC_BASE_URL);
  return {
    privateRedis: config.REDIS_URL === undefined,
    simulatesTelegram: config.TELEGRAM_BOT_TOKEN === undefined,
    simulatesModel: !hasModel,
    ports: {
      dashboard: env.DASHBOARD_PORT ? config.DASHBOARD_PORT : undefined,
      simulator: config.SIMULATOR_PORT,
    },
  };
}

/** The settings of a start with simulated parts: what is simulated takes the place of what was set. */
export function withSimulated(
  env: RawEnvironment,
  plan: StartPlan,
  simulator: { url: string; botToken: string; users: readonly number[]; groups: readonly number[] },
  stateDir: string,
): RawEnvironment {
  const telegram = {
    TELEGRAM_BOT_TOKEN: simulator.botToken,
    TELEGRAM_API_ROOT: simulator.url,
    TELEGRAM_ALLOWED_USERS: simulator.users.join(','),
    TELEGRAM_ALLOWED_CHATS: simulator.groups.join(','),
  };
  const model = {
    ANTHROPIC_BASE_URL: simulator.url,
    ANTHROPIC_API_KEY: 'simulated-key',
    MODEL_IS_SIMULATED: '1',
    // The owner's own transcripts stay as they are.
    CLAUDE_CONFIG_DIR: join(stateDir, 'claude'),
  };
  return { ...env, ...(plan.simulatesTelegram ? telegram : {}), ...(plan.simulatesModel ? model : {}) };
}
