import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSessionStore, type Persona, type SessionStore } from '@signalbox/sessions';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const tool = (name: string) => fileURLToPath(new URL(`../tools/${name}`, import.meta.url));
const persona: Persona = { name: 'default', description: 'd', system_prompt: 'p', settings: {} };
const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
const web = { name: 'web', persona, claudeSessionId, createdBy: 'u-1-1', lastPlace: null };

let dir: string;
let store: SessionStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-disk-'));
  store = openSessionStore(dir);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Writes in a process that is killed at that step of its calls. Resolves to whether it was. */
async function killedAt(dieAt: number, what: 'create' | 'metadata'): Promise<boolean> {
  const env = { FS_FAULTS_DIR: dir, FS_FAULTS_DIE_AT: String(dieAt) };
  const args = [`--import=${tool('fs-faults.mjs')}`, tool('write-state.mjs'), dir, what];
  const { signal, exitCode, stderr } = await execa('node', args, { env, reject: false });
  if (signal !== 'SIGKILL' && exitCode !== 0) throw new Error(`The writer failed: ${stderr}`);
  return signal === 'SIGKILL';
}

/** A writer that is killed before its first call, its second, and so on, until one gets through. Resolves to how many were killed. */
async function killAtEachStep(what: 'create' | 'metadata', look: () => Promise<void>): Promise<number> {
  for (let dieAt = 1; ; dieAt += 1) {
    if (!(await killedAt(dieAt, what))) return dieAt - 1;
    await look();
  }
}

describe('metadata.json', () => {
  it('whose writer is killed at any step is the old one or the new one, whole, and nothing is left beside it', async () => {
    await store.create(web);
    let before = 0;
    const kills = await killAtEachStep('metadata', async () => {
      const read = await store.readMetadata('web');
      if (read.status !== 'ok') throw new Error(`expected ok, got ${read.status}`);
      expect([before, before + 1]).toContain(read.value.turns);
      before = read.value.turns;
      await store.tidy('web');
      expect((await readdir(store.paths('web').dir)).sort()).toEqual(['metadata.json', 'persona.json', 'workspace']);
    });
    // Open, two steps of the write, sync, close, rename.
    expect(kills).toBe(6);
    expect(await store.readMetadata('web')).toMatchObject({ value: { turns: before + 1 } });
  });
});

describe('a session', () => {
  it('whose maker is killed at any step is there whole or not at all, and can then be made', async () => {
    const kills = await killAtEachStep('create', async () => {
      if (await store.exists('web')) {
        expect(await store.readMetadata('web')).toMatchObject({ status: 'ok' });
        expect(await store.readPersona('web')).toMatchObject({ status: 'ok' });
      }
      expect(await store.names()).toEqual((await store.exists('web')) ? ['web'] : []);
    });
    expect(kills).toBeGreaterThan(12);
    expect(await readdir(dir)).toEqual(['web']);
  });
});

describe('a disk that takes only a part of a file', () => {
  it('fails the write and leaves the old file as it was', async () => {
    await store.create(web);
    const before = await readFile(store.paths('web').persona, 'utf8');
    const writer = `ulimit -f 8 && exec node ${tool('write-state.mjs')} ${dir} persona`;
    const { exitCode, stderr } = await execa('bash', ['-c', writer], { reject: false });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('EFBIG');
    expect(await readFile(store.paths('web').persona, 'utf8')).toBe(before);
    expect((await readdir(store.paths('web').dir)).sort()).toEqual(['metadata.json', 'persona.json', 'workspace']);
  });
});
