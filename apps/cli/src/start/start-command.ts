import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError, type RawEnvironment } from '@signalbox/service';
import { claudeToType } from '../settings/claude-to-type.ts';
import { detectLogin } from '../settings/detect-login.ts';
import { lookAtSettings } from '../settings/look-at-settings.ts';
import { readSettings } from '../settings/read-settings.ts';
import { planStart } from './plan-start.ts';
import { type Running, runUntilStopped, type Start } from './run-until-stopped.ts';
import { say } from './say.ts';
import { takeStartLock } from './start-lock.ts';
import { listenForStop } from './stop-signals.ts';

/** `signalbox start`: everything in one terminal until Ctrl-C. Resolves to the exit code. */
export async function startCommand(root: string): Promise<number> {
  const running: Running[] = [];
  const signals = listenForStop(() => {
    say('Ending at once. What was running is continued at the next start.');
    for (const each of running) each.kill();
  });
  try {
    const settings = await readSettings(root);
    const start = await prepare(root, settings);
    await mkdir(start.stateDir, { recursive: true, mode: 0o700 });
    const lock = await takeStartLock(join(start.stateDir, 'start.pid'));
    try {
      return await runUntilStopped(start, running, signals.first);
    } finally {
      // Redis was started first and ends last: what the apps hand over on their way out is still written.
      for (const each of running.reverse()) await each.stop();
      await lock.release();
      say('Stopped.');
    }
  } catch (error) {
    // What a person can mend is said in a sentence; the rest needs its stack.
    const isExpected = error instanceof ConfigurationError || (error as Error).constructor === Error;
    console.error(isExpected ? `signalbox ${(error as Error).message}` : error);
    return 1;
  }
}

/** Reads the settings and plans the start. Says which names look like ours and are none. Throws `ConfigurationError` with all problems. */
async function prepare(root: string, settings: RawEnvironment): Promise<Start> {
  const { config, houseNames, lookAlikes, problems, houseProblems } = await lookAtSettings(settings, root);
  for (const sentence of lookAlikes) say(sentence);
  if (!config || houseProblems.length > 0) throw new ConfigurationError([...problems, ...houseProblems]);
  const plan = planStart(config, settings, await detectLogin(settings));
  const stateDir = resolve(root, config.STATE_DIR);
  return { root, settings, plan, claude: await claudeToType(settings), stateDir, workerOnly: houseNames };
}
