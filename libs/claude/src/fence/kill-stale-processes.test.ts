import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { killStaleProcesses } from './kill-stale-processes.ts';
import { markerEntry } from './marker.ts';

const marker = `test of the fence ${process.pid}`;
const [name = '', value = ''] = markerEntry(marker).split('=');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A program that says when it is ready, with the marker in its environment or without. */
async function start(program: string, env: Record<string, string> = { [name]: value }) {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('ready'); setInterval(() => {}, 1000)`], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  children.push(child);
  const exit = once(child, 'exit');
  const [first] = await once(child.stdout, 'data');
  return { pid: child.pid, exit, printed: String(first) };
}

/** A zombie is dead; how soon it is reaped is the business of whoever inherited it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return !stdout.trim().startsWith('Z');
  } catch {
    return false;
  }
}

test('nothing is done when nobody carries the marker', async () => {
  const bystander = await start('', { [name]: `${value}-and-more` });
  await expect(killStaleProcesses(marker)).resolves.toBe(0);
  expect(isAlive(bystander.pid ?? 0)).toBe(true);
});

test('a process with the marker is ended with SIGTERM', async () => {
  const stale = await start('');
  await expect(killStaleProcesses(marker)).resolves.toBe(1);
  await expect(stale.exit).resolves.toEqual([null, 'SIGTERM']);
});

test('one that is frozen is woken to end by SIGTERM', async () => {
  const stale = await start('');
  process.kill(stale.pid ?? 0, 'SIGSTOP');
  await expect(killStaleProcesses(marker)).resolves.toBe(1);
  await expect(stale.exit).resolves.toEqual([null, 'SIGTERM']);
});

test('one that ignores SIGTERM is killed after the grace period', async () => {
  const stale = await start("process.on('SIGTERM', () => {})");
  await expect(killStaleProcesses(marker, { graceMs: 200 })).resolves.toBe(1);
  await expect(stale.exit).resolves.toEqual([null, 'SIGKILL']);
});

test('children are ended too, in a session of their own and without the marker', async () => {
  const program = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: {}, detached: true, stdio: 'ignore' });
    console.log(child.pid)`;
  const stale = await start(program);
  const grandchild = Number.parseInt(stale.printed, 10);
  expect(isAlive(grandchild)).toBe(true);
  await expect(killStaleProcesses(marker)).resolves.toBe(2);
  await vi.waitFor(() => expect(isAlive(grandchild)).toBe(false));
});

test('none is ended by one who may no longer act when they are listed', async () => {
  const successor = await start('');
  const mayAct = () => Promise.reject(new Error('the session is another one’s'));
  await expect(killStaleProcesses(marker, { mayAct })).rejects.toThrow('the session is another one’s');
  expect(isAlive(successor.pid ?? 0)).toBe(true);
});

test('what cannot be ended is an error: nothing may start then', async () => {
  const pid = 2 ** 30;
  const list = async () => [{ pid, ppid: 1, marked: true }];
  await expect(killStaleProcesses(marker, { graceMs: 0, list })).rejects.toMatchObject({
    code: 'fence-failed',
    message: expect.stringContaining(String(pid)),
  });
});

test('processes that cannot be listed are an error too', async () => {
  const list = () => Promise.reject(new Error('no ps'));
  await expect(killStaleProcesses(marker, { list })).rejects.toMatchObject({ code: 'fence-failed' });
});
