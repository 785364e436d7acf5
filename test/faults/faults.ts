import { endBot } from './break-bot.ts';
import { killClaude } from './break-claude.ts';
import { freezeRedis, killRedis } from './break-redis.ts';
import { disturbTelegram, redeliver, serverError, tooManyRequests } from './break-telegram.ts';
import { endWorker, freezeWorker } from './break-worker.ts';
import type { Fault } from './fault.ts';

/** All faults there are. */
export const faults: readonly Fault[] = [
  { name: 'worker-kill', weight: 7, strike: endWorker('SIGKILL') },
  { name: 'worker-stop', weight: 3, strike: endWorker('SIGTERM') },
  { name: 'worker-freeze', weight: 1, strike: freezeWorker },
  { name: 'bot-kill', weight: 7, strike: endBot('SIGKILL') },
  { name: 'bot-stop', weight: 1, strike: endBot('SIGTERM') },
  { name: 'redis-kill', weight: 4, strike: killRedis },
  { name: 'redis-freeze', weight: 0.5, strike: freezeRedis },
  { name: 'claude-kill', weight: 2, strike: killClaude },
  { name: 'telegram-429', weight: 1, strike: disturbTelegram(tooManyRequests) },
  { name: 'telegram-5xx', weight: 1, strike: disturbTelegram(serverError) },
  { name: 'telegram-cut-before', weight: 1, strike: disturbTelegram(() => 'cutBefore') },
  { name: 'telegram-cut-after', weight: 1, strike: disturbTelegram(() => 'cutAfter') },
  { name: 'telegram-redeliver', weight: 1, strike: redeliver },
];

/** The faults whose SIGKILLs count as kills of Signalbox’s own processes and of Redis. */
export const KILLS = ['worker-kill', 'bot-kill', 'redis-kill'] as const;
