import { readFile, rm, writeFile } from 'node:fs/promises';

/** Makes sure that only one `npm start` uses a state directory. Throws with what to do if another does. */
export async function takeStartLock(path: string): Promise<{ release(): Promise<void> }> {
  const mine = String(process.pid);
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isAlive(other))
      throw new Error(
        `Signalbox already runs from this directory (process ${other}). Stop it with Ctrl-C in its terminal, or: kill ${other}`,
      );
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
