import { ConfigurationError, type RawEnvironment, readVariables } from '@signalbox/service';
import { checkClaude } from './doctor/check-claude.ts';
import { checkHouse } from './doctor/check-house.ts';
import { checkDirectory, checkNode, checkRedis } from './doctor/check-machine.ts';
import { checkTelegram } from './doctor/check-telegram.ts';
import { type Finding, showFindings } from './doctor/finding.ts';
import { ALL_VARIABLES } from './plan-start.ts';
import { readHouse } from './read-house.ts';
import { readSettings } from './read-settings.ts';

/** `signalbox doctor`: a line for each thing that Signalbox needs. Resolves to the exit code: 1 if something does not work. */
export async function doctorCommand(root: string, print: (text: string) => void): Promise<number> {
  const settings = await readSettings(root);
  const findings = await examine(settings, root);
  print(showFindings(findings));
  return findings.some(({ state }) => state === 'bad') ? 1 : 0;
}

async function examine(settings: RawEnvironment, root: string): Promise<Finding[]> {
  const node = checkNode(process.versions.node);
  try {
    const config = readVariables(settings, ALL_VARIABLES);
    const found = await Promise.all([
      checkRedis(config.REDIS_URL, settings.PATH ?? ''),
      checkClaude(settings),
      checkTelegram(config.TELEGRAM_BOT_TOKEN, config.TELEGRAM_API_ROOT, config.TELEGRAM_ALLOWED_USERS),
      checkDirectory('SESSIONS_DIR', config.SESSIONS_DIR, true),
      checkDirectory('PERSONAS_DIR', config.PERSONAS_DIR, false),
      readHouse(settings, root).then((house) => checkHouse(house, settings, config)),
    ]);
    return [node, ...found.flat()];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [node, ...error.problems.map((text): Finding => ({ what: 'settings', state: 'bad', text }))];
  }
}
