import { readFile } from 'node:fs/promises';

/** Ticks of the kernel's clock per second, as /proc counts them. */
const TICKS_PER_SECOND = 100;

/** How long a process has used a processor so far, in ms. Linux alone. */
export async function cpuTimeMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the command in brackets: state is the first field, user and system time are the twelfth and thirteenth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}
