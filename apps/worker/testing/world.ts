import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Origin } from '@signalbox/contracts';
import { type Lease, openQueues, type Queues, type TakenJob } from '@signalbox/queues';
import { createLog, type Log, startPrivateRedis } from '@signalbox/service';
import { openPersonaLibrary, openSessionStore, type PersonaLibrary, type SessionStore } from '@signalbox/sessions';
import { afterAll, afterEach, beforeEach } from 'vitest';

/** The project's own personas. */
export const PERSONAS = fileURLToPath(new URL('../../../personas', import.meta.url));

/** Sent in an hour, so that no test is ever slow enough for the message to be late. */
const sentAt = Date.now() + 3_600_000;
export const origin: Origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt };

/** A directory of a test's own, with a store of sessions and a library of personas in it. */
export interface TestDisk {
  readonly dir: string;
  readonly store: SessionStore;
  readonly library: PersonaLibrary;
  readonly workspaceRoots: readonly string[];
  /** Writes a persona into the library. */
  persona(name: string): Promise<void>;
  remove(): Promise<void>;
}

/** A disk for each test of the file, with these personas; `renew` gives a test another one. */
export function useTestDisk(...personas: readonly string[]): TestDisk & { renew(): Promise<void> } {
  const renew = async () => {
    await disk.remove();
    Object.assign(disk, await makeDisk());
    await Promise.all(personas.map(disk.persona));
  };
  const disk = { renew, remove: async () => undefined } as TestDisk & { renew(): Promise<void> };
  beforeEach(renew);
  afterEach(() => disk.remove());
  return disk;
}

async function makeDisk(): Promise<TestDisk> {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-worker-'));
  const store = openSessionStore(join(dir, 'sessions'));
  await store.names();
  return {
    dir,
    store,
    library: openPersonaLibrary(dir),
    workspaceRoots: [join(dir, 'projects')],
    persona: (name) =>
      writeFile(join(dir, `${name}.json`), JSON.stringify({ name, description: `D ${name}`, system_prompt: name })),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The queues on a redis-server of the file's own, empty at the beginning of each test. */
export async function useTestQueues(log: Pick<Log, 'info' | 'warn' | 'error'> = silent): Promise<Queues> {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-worker-'));
  const redis = await startPrivateRedis({ dir, durable: false });
  const queues = await openQueues(redis.url, { app: 'test', log });
  beforeEach(async () => {
    await queues.redis.flushall();
  });
  afterAll(async () => {
    await queues.close();
    await redis.stop();
    await rm(dir, { recursive: true, force: true });
  });
  return queues;
}

/** The replies that wait in a chat's queue, in order. */
export async function repliesTo(queues: Queues, chatId: number): Promise<{ id: string; text: string }[]> {
  const waiting = await queues.bull.queue(`reply-${chatId}`).getWaiting();
  return waiting.map(({ id = '', data }) => ({ id, text: (data as { text: string }).text }));
}

/** The lease of a queue, held for real. */
export async function held(queues: Queues, resource: string): Promise<Lease> {
  const lease = await queues.leases.acquire(resource);
  if (!lease) throw new Error(`${resource} is held by another`);
  return lease;
}

export const taken = (id: string, data: unknown): TakenJob => ({
  id,
  data,
  addedAt: 1,
  startedBefore: false,
  takeOvers: 0,
  afterPause: false,
  chosen: undefined,
  begin: async () => undefined,
});

/** A log that a test can look into. */
export function createTestLog(): { log: Log; lines: { level: number; msg: string }[] } {
  const lines: { level: number; msg: string }[] = [];
  const sink = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { log: createLog({ name: 'test', level: 'debug', redact: (text) => text, sink }), lines };
}
