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
export const listProcesses: ListProcesses = async (entry) => {
  const pids = await pidsInProc();
  return pids === undefined ? listWithPs(entry) : listInProc(pids, entry);
};

async function pidsInProc(): Promise<number[] | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.includes(process.pid) ? pids : undefined;
}

async function listInProc(pids: number[], entry: string): Promise<ListedProcess[]> {
  const marks = await Promise.all(pids.map((pid) => hasEntry(pid, entry)));
  if (!marks.includes(true)) return [];
  return Promise.all(pids.map(async (pid, i) => ({ pid, ppid: await parentOf(pid), marked: marks[i] === true })));
}

/** A process that ended meanwhile, or a zombie, has no environment. */
async function hasEntry(pid: number, entry: string): Promise<boolean> {
  const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return `\0${environ}`.includes(`\0${entry}\0`);
}

/** The fourth field; the second is a name in brackets that may hold anything. */
async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

async function listWithPs(entry: string): Promise<ListedProcess[]> {
  const { stdout } = await execa('ps', ['axeww', '-o', 'pid=,ppid=,command='], { maxBuffer: 256 * 1024 * 1024 });
  return parsePs(stdout, entry);
}

/** Reads lines of `pid ppid command and environment`. */
export function parsePs(output: string, entry: string): ListedProcess[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, ppid, rest] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    if (pid === undefined || ppid === undefined || rest === undefined) return [];
    return [{ pid: Number(pid), ppid: Number(ppid), marked: ` ${rest} `.includes(` ${entry} `) }];
  });
}
