import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { createProcessLister } from './list-processes.ts';

const children: ChildProcess[] = [];
afterEach(async () => {
  const ended = children.map((child) => once(child, 'exit'));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(ended);
});

/** A process with the entry in its environment, once it runs. */
async function start(entry: string): Promise<number | undefined> {
  const [name = '', value] = entry.split('=');
  const child = spawn('sh', ['-c', 'echo ready; exec sleep 60'], { env: { PATH: process.env.PATH, [name]: value } });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid;
}

const run = `list-processes-test-${process.pid}`;

test('everybody who asks at once is told of their own processes, and of one that began while a look went on', async () => {
  const list = createProcessLister();
  const marked = async (entry: string) => (await list(entry)).flatMap(({ pid, marked }) => (marked ? [pid] : []));
  const entries = Array.from({ length: 5 }, (_, i) => `RUN=${run}-${i}`);
  const pids = await Promise.all(entries.map(start));
  const [nobody, ...found] = await Promise.all([`RUN=${run}`, ...entries].map(marked));
  expect(nobody).toEqual([]);
  expect(found).toEqual(pids.map((pid) => [pid]));

  for (let i = 0; i < 5; i += 1) {
    const late = `RUN=${run}-late-${i}`;
    const before = marked(late);
    const pid = await start(late);
    expect(await marked(late)).toEqual([pid]);
    await before;
  }
});
