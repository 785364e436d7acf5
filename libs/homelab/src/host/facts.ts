import { readFile, stat, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, totalmem, uptime } from 'node:os';

/** What is used of something, in bytes. */
export interface Use {
  readonly used: number;
  readonly total: number;
}

/** A file system. Without `use`, it could not be read, for `failure`. */
export type DiskUse = { readonly path: string } & (
  | { readonly use: Use; readonly failure?: never }
  | { readonly use?: never; readonly failure: string }
);

/** How this machine is at one moment. */
export interface HostFacts {
  readonly cpus: number;
  /** Over 1, 5 and 15 minutes. */
  readonly load: readonly number[];
  readonly memory: Use;
  readonly swap?: Use;
  readonly uptimeMs: number;
  readonly disks: readonly DiskUse[];
}

/** A file system whose server is away may never answer, in ms. */
const DISK_TIMEOUT_MS = 5_000;

/** This machine, as its system shows it. A file system that several paths lie on is there once. */
export async function readHost(paths: readonly string[]): Promise<HostFacts> {
  const [meminfo, found] = await Promise.all([
    readFile('/proc/meminfo', 'utf8').catch(() => ''),
    Promise.all(paths.map(readDisk)),
  ]);
  const devices = found.map(({ device }) => device);
  return {
    cpus: availableParallelism(),
    load: loadavg(),
    ...readMemory(meminfo, { total: totalmem(), used: totalmem() - freemem() }),
    uptimeMs: uptime() * 1_000,
    disks: found
      .filter(({ device }, i) => device === undefined || devices.indexOf(device) === i)
      .map(({ disk }) => disk),
  };
}

/** Memory and swap of `/proc/meminfo`; `otherwise` if it is not there. What programs could get at once counts as free. */
export function readMemory(meminfo: string, otherwise: Use): { readonly memory: Use; readonly swap?: Use } {
  const bytes = new Map(
    [...meminfo.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, name = '', kB]) => [name, Number(kB) * 1024]),
  );
  const use = (totalName: string, freeName: string): Use | undefined => {
    const [total, free] = [bytes.get(totalName), bytes.get(freeName)];
    return total && free !== undefined ? { total, used: total - free } : undefined;
  };
  const swap = use('SwapTotal', 'SwapFree');
  return { memory: use('MemTotal', 'MemAvailable') ?? otherwise, ...(swap && { swap }) };
}

async function readDisk(path: string): Promise<{ readonly disk: DiskUse; readonly device?: number }> {
  try {
    const { dev, fs } = await inTime(Promise.all([stat(path), statfs(path)]).then(([{ dev }, fs]) => ({ dev, fs })));
    // As `df` counts: what is kept back for root is neither used nor free.
    const used = (fs.blocks - fs.bfree) * fs.bsize;
    return { disk: { path, use: { used, total: used + fs.bavail * fs.bsize } }, device: dev };
  } catch (error) {
    return { disk: { path, failure: (error as NodeJS.ErrnoException).code ?? 'unknown error' } };
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), DISK_TIMEOUT_MS);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
