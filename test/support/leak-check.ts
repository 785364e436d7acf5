import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesWith } from './census.ts';

/**
 * For every run of vitest: all temporary directories of the tests lie in one, and the run fails if at its end anything is left in it,
 * or a process lives that was started with something in it.
 */
export default function watchForLeaks(): () => Promise<void> {
  const before = process.env.TMPDIR;
  const dir = mkdtempSync(join(tmpdir(), 'sb-'));
  process.env.TMPDIR = dir;
  return async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    const processes = process.platform === 'linux' ? await leftProcesses(dir) : [];
    for (const { pid } of processes) process.kill(pid, 'SIGKILL');
    // tsx keeps its cache of compiled sources there.
    const files = (await readdir(dir)).filter((name) => !name.startsWith('tsx-'));
    await rm(dir, { recursive: true, force: true });
    const left = [...processes.map(({ pid, command }) => `process ${pid}: ${command}`), ...files];
    if (left.length > 0) {
      process.exitCode = 1;
      throw new Error(`The tests left these behind:\n${left.join('\n')}`);
    }
  };
}

/** The runner's own processes have the directory in their environment too. */
async function leftProcesses(dir: string) {
  const found = await processesWith(`${dir}/`);
  return found.filter(({ command }) => !/vitest|esbuild/.test(command));
}
