import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lease } from '@signalbox/queues';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestLog, held, makeDisk, startTestQueues, type TestDisk } from '../../testing/parts.ts';
import { loadSession } from '../session/load-session.ts';
import { WarmClaude } from './warm-claude.ts';

/** Its behaviour is named by the model. */
const FAKE = fileURLToPath(new URL('../../../../libs/claude/fixtures/fake-claude.mjs', import.meta.url));

let queues: Awaited<ReturnType<typeof startTestQueues>>;
let disk: TestDisk;
let lease: Lease;
let warm: WarmClaude;
let tasksLost: number;
beforeAll(async () => {
  queues = await startTestQueues();
});
afterAll(() => queues.stop());
beforeEach(async () => {
  tasksLost = 0;
  disk = await makeDisk();
  lease = await held(queues, 'session-web');
  const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: disk.dir };
  const claude = { binary: FAKE, environment, configDir: undefined, permissionMode: 'default' as const };
  const parts = {
    ...disk,
    claude,
    queues,
    log: createTestLog().log,
    redact: (text: string) => text,
    redactBeginning: (text: string) => text,
    pool: 'default',
    idleTimeoutMs: 60_000,
    inactivityMs: 60_000,
    reactions: 'done' as const,
    house: { topics: [], look: () => Promise.reject(new Error('No house')) },
    answerWithinMs: 60_000,
  };
  warm = new WarmClaude('web', lease, parts, {
    permission: async () => ({ behavior: 'allow' }),
    changed: () => undefined,
    late: async () => undefined,
    lateLost: async () => undefined,
    taskLost: async () => {
      tasksLost += 1;
    },
  });
});
afterEach(async () => {
  await warm.stop(true);
  await lease.release();
  await disk.remove();
});

const start = async () => warm.start(await loadSession('web', disk), undefined, new AbortController().signal);
async function create(): Promise<void> {
  const persona = { name: 'default', description: 'A test', system_prompt: '', settings: { model: 'answers' } };
  const origin = { createdBy: 'u-1-1', lastPlace: { chatId: 7 } };
  await disk.store.create({ name: 'web', persona, claudeSessionId: crypto.randomUUID(), ...origin });
}

it('a Claude that ended by itself is written down as ended before its session is let go', async () => {
  await create();
  const claude = await start();
  expect(await disk.store.peekMetadata('web')).toMatchObject({ status: 'active', pid: claude.pid });
  process.kill(claude.pid, 'SIGKILL');
  await claude.exited;
  await warm.stop(true);
  expect(await disk.store.peekMetadata('web')).toMatchObject({ status: 'suspended', pid: null });
});

it('a background task that died with its Claude is told by the next start, and by that one alone', async () => {
  await create();
  await start();
  await warm.stop(true);
  expect(tasksLost).toBe(0);
  await warm.note({ background: 'task' });
  await start();
  expect(tasksLost).toBe(1);
  await warm.stop(true);
  await start();
  expect(tasksLost).toBe(1);
});
