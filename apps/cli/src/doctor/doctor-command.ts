import type { RawEnvironment } from '@signalbox/service';
import { lookAtSettings } from '../settings/look-at-settings.ts';
import { readSettings } from '../settings/read-settings.ts';
import { checkClaude } from './check-claude.ts';
import { checkHouse } from './check-house.ts';
import { checkDirectory, checkNode, checkRedis } from './check-machine.ts';
import { checkTelegram } from './check-telegram.ts';
import { type Finding, showFindings } from './finding.ts';

/** `signalbox doctor`: a line for each thing that Signalbox needs. Resolves to the exit code: 1 if something does not work. */
export async function doctorCommand(root: string, print: (text: string) => void): Promise<number> {
  const settings = await readSettings(root);
  const findings = await examine(settings, root);
  print(showFindings(findings));
  return findings.some(({ state }) => state === 'bad') ? 1 : 0;
}

/** All findings. While settings are wrong, these are all: nothing is asked that might be somebody else's. */
export async function examine(settings: RawEnvironment, root: string): Promise<Finding[]> {
  const { config, house, lookAlikes, problems, houseProblems } = await lookAtSettings(settings, root);
  const first = [checkNode(process.versions.node), ...lookAlikes.map(aboutSettings('warn'))];
  if (!config) return [...first, ...[...problems, ...houseProblems].map(aboutSettings('bad'))];
  const found = await Promise.all([
    checkRedis(config.REDIS_URL, settings.PATH ?? ''),
    checkClaude(settings),
    checkTelegram(config.TELEGRAM_BOT_TOKEN, config.TELEGRAM_API_ROOT, config.TELEGRAM_ALLOWED_USERS),
    checkDirectory('SESSIONS_DIR', config.SESSIONS_DIR, true),
    checkDirectory('PERSONAS_DIR', config.PERSONAS_DIR, false),
    checkHouse(house, settings, config),
  ]);
  return [...first, ...found.flat()];
}

function aboutSettings(state: 'warn' | 'bad'): (text: string) => Finding {
  return (text) => ({ what: 'settings', state, text });
}
