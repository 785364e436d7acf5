import type { RawEnvironment } from '@signalbox/service';
import type { StartPlan } from './plan-start.ts';

/** What `npm start` has started. */
export interface Started {
  readonly plan: StartPlan;
  /** What a person types to get Claude Code. */
  readonly claude: string;
  readonly settings: RawEnvironment;
  readonly simulatorUrl: string | undefined;
  readonly dashboardPort: number;
  /** The dashboard's password, if it was made for this start. */
  readonly madePassword: string | undefined;
  /** Apps that do not serve yet. */
  readonly missing: readonly string[];
}

/** The lines that tell a newcomer what runs where and what to do next. */
export function guide(started: Started): string {
  const { plan, settings, simulatorUrl, madePassword, missing } = started;
  const login =
    madePassword === undefined ? 'user admin, with DASHBOARD_PASSWORD' : `user admin, password ${madePassword}`;
  const facts: [string, string][] = [
    [
      'Chat',
      plan.simulatesTelegram ? `${simulatorUrl}  (a simulated Telegram, in your browser)` : 'Telegram, with your bot',
    ],
    ['Model', plan.simulatesModel ? 'SIMULATED: Claude Code is real, its answers are not Claude’s' : 'Claude'],
    ['Dashboard', `${dashboardUrl(started)}  (${login})`],
    [
      'Redis',
      plan.privateRedis ? `private, its data in ${settings.STATE_DIR || '.signalbox'}/redis` : 'the one of REDIS_URL',
    ],
    ['Sessions', settings.SESSIONS_DIR || 'sessions'],
  ];
  const lines = facts.map(([what, how]) => `  ${what.padEnd(10)} ${how}`);
  return [
    '',
    'Signalbox is running.',
    ...missing.map((name) => `The ${name} is not ready yet: its last line says what it waits for.`),
    '',
    ...lines,
    '',
    ...nextSteps(started),
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function dashboardUrl({ settings, dashboardPort }: Started): string {
  const host = settings.DASHBOARD_HOST || '127.0.0.1';
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${dashboardPort}`;
}

function nextSteps({ plan, claude, settings, simulatorUrl }: Started): string[] {
  return [firstStep(plan, settings, simulatorUrl), ...stepsToReal(plan, claude)];
}

function firstStep(plan: StartPlan, settings: RawEnvironment, simulatorUrl: string | undefined): string {
  if (plan.simulatesTelegram) return `Next: open ${simulatorUrl}, send /new test, and then say something.`;
  if (settings.TELEGRAM_ALLOWED_USERS) return 'Next: send your bot /new test, and then say something.';
  return 'Next: set TELEGRAM_ALLOWED_USERS in .env to your numeric Telegram id. Until then everybody is refused.';
}

function stepsToReal(plan: StartPlan, claude: string): string[] {
  const steps = [
    ...(plan.simulatesTelegram
      ? ['  Telegram: put TELEGRAM_BOT_TOKEN and TELEGRAM_ALLOWED_USERS into .env (see .env.example)']
      : []),
    ...(plan.simulatesModel
      ? [`  Claude:   run \`${claude}\` once and log in, or put ANTHROPIC_API_KEY into .env`]
      : []),
  ];
  return steps.length === 0 ? [] : ['', 'To make it real, and start again:', ...steps];
}
