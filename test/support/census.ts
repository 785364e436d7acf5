import { readdir, readFile } from 'node:fs/promises';

/** A living process, as a test names it in an error. */
export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
  readonly state: string;
}

/** All living processes whose command line or environment holds `word`, zombies of this process included. Linux alone. */
export async function processesWith(word: string): Promise<LivingProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(pids.map((pid) => look(pid, word)));
  return found.filter((each) => each !== undefined);
}

/** Zombies whose parent is this process or one that a test started. */
export async function zombiesOf(parents: readonly number[]): Promise<LivingProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' && parents.includes(Number(parent))
        ? { pid, command: stat.split(' ')[1] ?? '', state }
        : undefined;
    }),
  );
  return found.filter((each) => each !== undefined);
}

async function look(pid: number, word: string): Promise<LivingProcess | undefined> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [command, environment, stat] = await Promise.all([read('cmdline'), read('environ'), read('stat')]);
  if (!command.includes(word) && !environment.includes(word)) return undefined;
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return { pid, command: command.replaceAll('\0', ' ').slice(0, 160), state };
}
