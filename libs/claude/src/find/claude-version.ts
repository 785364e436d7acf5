import { delimiter, dirname } from 'node:path';
import { execa } from 'execa';
import { ClaudeError } from '../errors/claude-error.ts';

/** For a CLI that is a script: enough to find its interpreter. */
const PATH = ['/usr/local/bin', '/usr/bin', '/bin', dirname(process.execPath)].join(delimiter);

/** Asks the CLI at `path` for its version, e.g. `2.1.329`. Throws `start-failed` if it does not tell within 20 s. */
export async function claudeVersion(path: string): Promise<string> {
  const asked = await execa(path, ['--version'], {
    env: { PATH, DISABLE_AUTOUPDATER: '1' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
    maxBuffer: 100_000,
  });
  const version = /\d+\.\d+\.\d+[\w.-]*/.exec(asked.stdout)?.[0];
  if (version !== undefined) return version;
  const got = asked.shortMessage ?? asked.stdout;
  throw new ClaudeError('start-failed', `Expected '${path} --version' to print a version, got: ${got.slice(0, 500)}`);
}
