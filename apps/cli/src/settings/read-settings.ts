import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { processEnvironment, type RawEnvironment } from '@signalbox/service';

/** The settings of `<dir>/.env` under those of the process, which win. A missing file is no error. */
export async function readSettings(dir: string): Promise<RawEnvironment> {
  const file = await readFile(join(dir, '.env'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`.env cannot be read (${error.code}). Give this user the right to, or remove it.`);
  });
  return { ...parseEnv(file), ...processEnvironment() };
}
