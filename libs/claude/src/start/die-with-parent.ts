import { execa } from 'execa';

/**
 * The words to put before a command so that the kernel sends it SIGTERM when this process dies; none where that does not
 * work. Without it the CLI of a killed worker finishes its turn with nobody watching and denies what it would have asked
 * (measured on 2.1.329). util-linux has `--pdeathsig`, busybox and macOS do not. `setpriv` execs: the pid is Claude's.
 */
export async function dieWithParent(env: { PATH: string }): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const words = ['setpriv', '--pdeathsig', 'TERM', '--'];
  const [program = '', ...rest] = words;
  const tried = await execa(program, [...rest, 'true'], {
    env: { PATH: env.PATH },
    extendEnv: false,
    reject: false,
    stdio: 'ignore',
    timeout: 5_000,
  });
  return tried.exitCode === 0 ? words : [];
}
