import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Prints one line of progress. */
export function say(line) {
  process.stdout.write(`signalbox: ${line}\n`);
}

/** Prints why it cannot go on and ends the process. */
export function stopWith(line) {
  process.stderr.write(`signalbox: ${line}\n`);
  process.exit(1);
}

/**
 * Runs a command in the project's root; ends the process with its code if it fails. `quiet`: its output is shown only then. `env`: what
 * it gets beside the environment of this process.
 */
export function run(command, args, { quiet = false, env = {} } = {}) {
  const stdio = quiet ? 'pipe' : 'inherit';
  // biome-ignore lint/style/noProcessEnv: a command that is run from here gets what this process was given
  const result = spawnSync(command, args, { cwd: root, stdio, encoding: 'utf8', env: { ...process.env, ...env } });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  if (result.error) stopWith(`${command} could not be run: ${result.error.message}`);
  process.exit(result.status ?? 1);
}

/** Whether a command succeeds; its output is thrown away. */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Whether a program is on PATH. */
export function isInstalled(program) {
  return succeeds('sh', ['-c', 'command -v -- "$1"', 'sh', program]);
}
