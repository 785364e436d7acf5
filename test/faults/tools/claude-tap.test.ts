import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeVersion, findClaude } from '@signalbox/claude';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesWith } from '../../support/census.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { type ClaudeTap, startClaudeTap } from './claude-tap.ts';

/** Says everything again, and ends as the CLI does when it is told to. */
const ECHO = `#!${process.execPath}
process.stdin.pipe(process.stdout);
process.stdin.on('end', () => (process.exitCode = 7));
process.on('SIGTERM', () => process.exit(143));
`;

const PATIENT = { timeout: PATIENCE_MS };

let dir: string;
let tap: ClaudeTap;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-tap-'));
  writeFileSync(join(dir, 'echo.mjs'), ECHO, { mode: 0o755 });
  tap = await startClaudeTap(dir, join(dir, 'echo.mjs'));
});
afterEach(async () => {
  await tap.close();
  rmSync(dir, { recursive: true });
});

function start() {
  const child = spawn(tap.bin, ['--input-format=stream-json'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  return { child, ended: once(child, 'close'), printed: () => Buffer.concat(printed) };
}

describe('the tap', () => {
  it('gives every byte on both ways, tells each line, and ends with the code of the program', async () => {
    const { child, ended, printed } = start();
    const bytes = Buffer.concat([
      Buffer.from('{"a":1}\n\nü\n'),
      Buffer.from([0xff, 0xc3, 0x0a]),
      Buffer.from('no end'),
    ]);
    child.stdin.end(bytes);
    expect(await ended).toEqual([7, null]);
    expect(printed()).toEqual(bytes);
    const said = tap.lines.filter(({ from }) => from === 'stdin').map(({ json }) => json);
    expect(said).toEqual([{ a: 1 }, {}, {}, {}]);
    expect(tap.lines.filter(({ from }) => from === 'stdout')).toHaveLength(4);
    expect(tap.starts).toMatchObject([{ pid: child.pid }]);
  });

  it('holds a line back, and what comes after it, until it is let go', async () => {
    const { child, ended, printed } = start();
    const hold = tap.hold(({ from, text }) => from === 'stdout' && text === 'two\n');
    child.stdin.end('one\ntwo\nthree\n');
    await hold.reached;
    await expect.poll(() => printed().toString(), PATIENT).toBe('one\n');
    hold.release();
    await ended;
    expect(printed().toString()).toBe('one\ntwo\nthree\n');
  });

  it('passes SIGTERM on, also while it holds a line back', async () => {
    const { child, ended } = start();
    const hold = tap.hold(({ from }) => from === 'stdout');
    child.stdin.write('one\n');
    await hold.reached;
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
  });

  it('that is killed takes the program with it', async () => {
    const { child, ended, printed } = start();
    child.stdin.write('one\n');
    await expect.poll(() => printed().toString(), PATIENT).toBe('one\n');
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await expect.poll(() => processesWith(dir), PATIENT).toEqual([]);
  });

  it('tells the version of the real CLI', async () => {
    const { path } = await findClaude({ path: '' });
    const real = await startClaudeTap(mkdtempSync(join(dir, 'real-')));
    expect(await claudeVersion(real.bin)).toBe(await claudeVersion(path));
    expect(execFileSync(real.bin, ['--version'])).toEqual(execFileSync(path, ['--version']));
    await real.close();
  });
});
