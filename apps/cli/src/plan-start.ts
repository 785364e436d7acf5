import { join } from 'node:path';
import {
  ConfigurationError,
  type RawEnvironment,
  readVariables,
  type VariableName,
  variables,
} from '@signalbox/service';

/** What `npm start` is going to run, and with what. */
export interface StartPlan {
  /** Whether Redis is ours to start. */
  readonly privateRedis: boolean;
  readonly simulatesTelegram: boolean;
  readonly simulatesModel: boolean;
  /** The ports that were asked for; `undefined`: any that is free. */
  readonly ports: { readonly dashboard: number | undefined; readonly simulator: number | undefined };
}

export const ALL_VARIABLES = Object.keys(variables) as VariableName[];

/** Decides what is real and what is simulated. `isLoggedIn`: Claude has a login of its own. Throws `ConfigurationError`. */
export function planStart(env: RawEnvironment, isLoggedIn: boolean): StartPlan {
  const config = readVariables(env, ALL_VARIABLES);
  const hasModel =
    isLoggedIn || Boolean(config.ANTHROPIC_API_KEY || config.CLAUDE_CODE_OAUTH_TOKEN || config.ANTHROPIC_BASE_URL);
  const isLoopback = /^(127\.|localhost$|::1$)/.test(config.DASHBOARD_HOST);
  if (!isLoopback && !config.DASHBOARD_PASSWORD) {
    throw new ConfigurationError([
      `DASHBOARD_PASSWORD is not set, but DASHBOARD_HOST is "${config.DASHBOARD_HOST}". Expected a password, because others can reach it there.`,
    ]);
  }
  return {
    privateRedis: config.REDIS_URL === undefined,
    simulatesTelegram: config.TELEGRAM_BOT_TOKEN === undefined,
    simulatesModel: !hasModel,
    ports: {
      dashboard: env.DASHBOARD_PORT ? config.DASHBOARD_PORT : undefined,
      simulator: env.SIMULATOR_PORT ? config.SIMULATOR_PORT : undefined,
    },
  };
}

/** What each app gets to know. A secret goes to the app that needs it and to no other. */
const NEEDS = {
  bot: [
    'TELEGRAM_BOT_TOKEN',
    'TELEGRAM_ALLOWED_USERS',
    'TELEGRAM_ALLOWED_CHATS',
    'TELEGRAM_API_ROOT',
    'STREAMING',
    'REACTIONS',
    'TOPIC_PER_SESSION',
    'REDIS_URL',
    'POOL',
    'LOG_LEVEL',
  ],
  worker: [
    'REDIS_URL',
    'SESSIONS_DIR',
    'PERSONAS_DIR',
    'POOL',
    'IDLE_TIMEOUT_MINUTES',
    'INACTIVITY_MINUTES',
    'ANSWER_MINUTES',
    'REACTIONS',
    'WORKSPACE_ROOTS',
    'CLAUDE_BIN',
    'TRANSCRIBE_COMMAND',
    'HOMELAB_PLUGINS',
    'HOMELAB_WATCH',
    'HOMELAB_WATCH_CHAT',
    'HOMELAB_WATCH_SECONDS',
    'HOMELAB_QUIET_HOURS',
    // Whom the watch tells, if nothing else says it.
    'TELEGRAM_ALLOWED_USERS',
    'CLAUDE_CONFIG_DIR',
    'ANTHROPIC_API_KEY',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'ANTHROPIC_BASE_URL',
    'PERMISSION_MODE',
    'IS_SANDBOX',
    'GRACE_SECONDS',
    'LOG_LEVEL',
    'MODEL_IS_SIMULATED',
  ],
  dashboard: ['REDIS_URL', 'DASHBOARD_HOST', 'DASHBOARD_PORT', 'DASHBOARD_PASSWORD', 'LOG_LEVEL', 'MODEL_IS_SIMULATED'],
  simulator: ['SIMULATOR_PORT', 'MODEL_IS_SIMULATED', 'LOG_LEVEL'],
} as const satisfies Record<string, readonly VariableName[]>;
export type AppName = keyof typeof NEEDS;

/**
 * The environment of one app: that of the terminal without any setting of ours, and then its own settings. `workerOnly`: more variables
 * that are ours, for the worker.
 */
export function environmentOf(
  app: AppName,
  env: RawEnvironment,
  workerOnly: readonly string[] = [],
): Record<string, string> {
  const ours = new Set<string>([...ALL_VARIABLES, ...workerOnly]);
  const own = new Set<string>([...NEEDS[app], ...(app === 'worker' ? workerOnly : [])]);
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && (!ours.has(name) || own.has(name)));
  return Object.fromEntries(kept) as Record<string, string>;
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
