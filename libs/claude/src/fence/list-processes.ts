import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** A process of this machine. `marked`: its environment has the entry that was looked for. */
export interface ListedProcess {
  pid: number;
  ppid: number;
  marked: boolean;
}

/** Lists processes and marks those whose environment has `entry`. */
export type ListProcesses = (entry: string) => Promise<ListedProcess[]>;

/**
 * From /proc, else (macOS) from `ps`. Other users' environments cannot be read either way, nor can those that macOS
 * protects; Claude and its tools run as our own user. About 5 ms for 100 processes with /proc.
 */
export const listProcesses: ListProcesses = async (entry) => (await look())(entry);

/**
 * The same for many who ask at once, as when a worker stops: each look at the machine serves all that asked before it began, and one is
 * taken at a time.
 */
export function createProcessLister(): ListProcesses {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<ListProcesses> | undefined;
  const begin = () => {
    next = undefined;
    return look();
  };
  return async (entry) => {
    next ??= last.then(begin, begin);
    last = next;
    return (await next)(entry);
  };
}

/** Reads what there is to know of all processes, for any number of entries. */
async function look(): Promise<ListProcesses> {
  const pids = await pidsInProc();
  if (pids === undefined) {
    const { stdout } = await execa('ps', ['axeww', '-o', 'pid=,ppid=,command='], { maxBuffer: 256 * 1024 * 1024 });
    return async (entry) => parsePs(stdout, entry);
  }
  const environments = await Promise.all(pids.map(environmentOf));
  let parents: Promise<number[]> | undefined;
  return async (entry) => {
    const marks = environments.map((environment) => environment.includes(`\0${entry}\0`));
    if (!marks.includes(true)) return [];
    parents ??= Promise.all(pids.map(parentOf));
    const ppids = await parents;
    return pids.map((pid, i) => ({ pid, ppid: ppids[i] ?? 0, marked: marks[i] === true }));
  };
}

async function pidsInProc(): Promise<number[] | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.includes(process.pid) ? pids : undefined;
}

/** A process that ended meanwhile, or a zombie, has no environment. */
async function environmentOf(pid: number): Promise<string> {
  return `\0${await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')}`;
}

/** The fourth field; the second is a name in brackets that may hold anything. */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

/** Reads lines of `pid ppid command and environment`. */
export function parsePs(output: string, entry: string): ListedProcess[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, ppid, rest] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    if (pid === undefined || ppid === undefined || rest === undefined) return [];
    return [{ pid: Number(pid), ppid: Number(ppid), marked: ` ${rest} `.includes(` ${entry} `) }];
  });
}
