import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FatalError } from '@signalbox/service';
import { openPersonaLibrary } from '@signalbox/sessions';
import { describe, expect, it } from 'vitest';
import { PERSONAS, useTestDisk } from '../../testing/world.ts';
import { checkClaude, checkDirectories } from './check-surroundings.ts';

const disk = useTestDisk();

const check = (sessions: string, personas: string) =>
  checkDirectories({ sessions, personas }, openPersonaLibrary(personas));
async function complaint(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FatalError);
  return (error as Error).message;
}

describe('the directories', () => {
  it('are made if need be, for their owner alone', async () => {
    const sessions = join(disk.dir, 'new', 'sessions');
    await check(sessions, PERSONAS);
    expect((await stat(sessions)).mode & 0o777).toBe(0o700);
  });

  it('for the sessions that cannot be written are named, with what to do', async () => {
    await writeFile(join(disk.dir, 'file'), '');
    const sessions = join(disk.dir, 'file', 'sessions');
    expect(await complaint(check(sessions, PERSONAS))).toBe(
      `SESSIONS_DIR: "${sessions}" cannot be written (ENOTDIR). Give this user the right to, or set another directory.`,
    );
  });

  it('for the personas that are not there are named', async () => {
    const personas = join(disk.dir, 'nowhere');
    expect(await complaint(check(disk.dir, personas))).toMatch(/^PERSONAS_DIR: ".*nowhere" cannot be read \(ENOENT\)/);
  });

  it.each([
    [undefined, 'it is missing'],
    ['{', 'it is not JSON'],
    ['{"name":"default"}', /description/],
    [JSON.stringify({ name: 'other', description: '', system_prompt: '' }), /its name is "other"/],
  ])('for the personas with a default of %j are refused with the reason', async (text, reason) => {
    const personas = join(disk.dir, 'personas');
    await mkdir(personas);
    if (text !== undefined) await writeFile(join(personas, 'default.json'), text);
    const message = await complaint(check(disk.dir, personas));
    expect(message).toMatch(/^PERSONAS_DIR: ".*default\.json" cannot be used: /);
    expect(message).toMatch(reason);
    await rm(personas, { recursive: true });
  });
});

describe('Claude Code', () => {
  it('that is not where it was said to be is named, with what to do', async () => {
    const message = await complaint(checkClaude(join(disk.dir, 'no-claude'), { PATH: '' }));
    expect(message).toContain('no-claude');
    expect(message).toContain('CLAUDE_BIN');
  });

  it('that is there is asked for its version', async () => {
    const binary = join(disk.dir, 'claude');
    await writeFile(binary, '#!/bin/sh\necho "2.1.329 (Claude Code)"\n', { mode: 0o755 });
    expect(await checkClaude(binary, { PATH: process.env.PATH })).toEqual({
      binary,
      command: binary,
      version: '2.1.329',
    });
  });
});
