import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openQueues } from '@signalbox/queues';
import { describeEviction } from '@signalbox/service';
import { execa } from 'execa';
import type { Finding } from './finding.ts';

/** How long Redis may take to answer, in ms. */
const REDIS_WITHIN_MS = 5_000;
const OLDEST_NODE = [20, 19] as const;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isFine = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const text = isFine ? version : `${version} is too old. Install Node.js ${OLDEST_NODE.join('.')} or newer.`;
  return { what: 'node', state: isFine ? 'ok' : 'bad', text };
}

/** The Redis of `url`; without one, whether there is a program for a private one. */
export async function checkRedis(url: string | undefined, path: string): Promise<Finding> {
  const what = 'redis';
  if (url === undefined) {
    const found = await Promise.all(['redis-server', 'valkey-server'].map((program) => versionOf(program, path)));
    const version = found.find((each) => each !== undefined);
    if (version === undefined)
      return {
        what,
        state: 'bad',
        text: 'Neither redis-server nor valkey-server is installed. Install one, or set REDIS_URL.',
      };
    return { what, state: 'ok', text: `private, ${version}` };
  }
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const patience = AbortSignal.timeout(REDIS_WITHIN_MS);
  const queues = await openQueues(url, { app: 'doctor', log, signal: patience }).catch(() => undefined);
  if (!queues)
    return {
      what,
      state: 'bad',
      text: `No answer within ${REDIS_WITHIN_MS / 1_000} s. Start it, or correct REDIS_URL.`,
    };
  try {
    const policy = await queues.evictionPolicy();
    const problem = policy === undefined ? undefined : describeEviction(policy, url);
    if (problem !== undefined) return { what, state: 'bad', text: problem };
    return { what, state: 'ok', text: 'answers' };
  } finally {
    await queues.close();
  }
}

/** Whether this user can write the directory, or make it where it is not there. */
export async function checkDirectory(variable: string, dir: string, writes: boolean): Promise<Finding> {
  const what = variable.toLowerCase().replace('_dir', '');
  try {
    const isDirectory = (await stat(dir)).isDirectory();
    if (!isDirectory) return { what, state: 'bad', text: `${variable}: "${dir}" is no directory.` };
    await access(dir, writes ? constants.W_OK | constants.R_OK : constants.R_OK);
    return { what, state: 'ok', text: dir };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && writes) return { what, state: 'ok', text: `${resolve(dir)} will be made` };
    const help = 'Give this user the right to, or set another directory.';
    return {
      what,
      state: 'bad',
      text: `${variable}: "${dir}" cannot be ${writes ? 'written' : 'read'} (${code}). ${help}`,
    };
  }
}

async function versionOf(program: string, path: string): Promise<string | undefined> {
  const { stdout, failed } = await execa(program, ['--version'], { env: { PATH: path }, reject: false });
  return failed ? undefined : `${program} ${/v=(\S+)/.exec(stdout)?.[1] ?? ''}`.trim();
}
