import { join } from 'node:path';
import type { Lease, Queues } from '@signalbox/queues';
import type { HeldSession } from '../src/session/open-claude.ts';
import { openSession } from '../src/session/open-session.ts';
import { holdSession } from '../src/session/serve-sessions.ts';
import type { SessionHost } from '../src/session/session-host.ts';
import type { SessionSetup } from '../src/session/session-setup.ts';
import { createTestLog, type TestDisk } from './world.ts';

/** A setup of sessions on a test's disk and queues. What a session does with its Claude is tested where a real one runs; here none can be started. */
export function testSetup(disk: TestDisk, queues: Queues, more: Partial<SessionSetup> = {}): SessionSetup {
  const environment = { PATH: '', HOME: disk.dir };
  return {
    config: {
      pool: 'default',
      workspaceRoots: disk.workspaceRoots,
      reactions: 'done',
      inactivityMs: 60_000,
      answerWithinMs: 60_000,
      idleTimeoutMs: 60_000,
    },
    store: disk.store,
    library: disk.library,
    claude: {
      binary: join(disk.dir, 'no-claude'),
      command: 'claude',
      environment,
      configDir: undefined,
      permissionMode: 'default',
    },
    queues,
    log: createTestLog().log,
    redact: String,
    redactBeginning: (text) => text,
    house: { topics: [], look: () => Promise.reject(new Error('No house')) },
    transcribe: undefined,
    ...more,
  };
}

/** A session of that name whose lease is held. */
export function testHeld(name: string, lease: Lease, setup: SessionSetup): HeldSession {
  return holdSession(`session-${name}`, lease, setup);
}

/** The host of such a session. */
export function testHost(name: string, lease: Lease, setup: SessionSetup): SessionHost {
  return openSession(testHeld(name, lease, setup), setup, () => undefined);
}
