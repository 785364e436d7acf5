import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const UNITS = ['signalbox-bot.service', 'signalbox-worker@.service', 'signalbox-dashboard.service'];
const pathOf = (unit: string) => join(root, 'docs/systemd', unit);

const runtime = mkdtempSync(join(tmpdir(), 'signalbox-units-'));
afterAll(() => rmSync(runtime, { recursive: true, force: true }));

/** What `systemd-analyze verify` says of a unit; empty if it is in order. */
function verify(path: string): string {
  const assignments = [`HOME=${runtime}`, `XDG_RUNTIME_DIR=${runtime}`, 'LC_ALL=C'];
  const command = ['systemd-analyze', 'verify', '--user', '--man=no', path];
  const { stdout, stderr } = spawnSync('env', [...assignments, ...command], { encoding: 'utf8' });
  return stdout + stderr;
}

const isInstalled = spawnSync('systemd-analyze', ['--version']).error === undefined;
if (!isInstalled) console.warn('systemd-analyze is not installed: the units are only read, not verified.');

describe('systemd units', () => {
  it.skipIf(!isInstalled).each(UNITS)('%s is in order for systemd', (unit) => {
    expect(verify(pathOf(unit))).toBe('');
  });

  it.skipIf(!isInstalled)('the check tells a broken unit', () => {
    const broken = join(runtime, 'broken.service');
    writeFileSync(broken, '[Service]\nExecStart=/bin/true\nKillMode=odd\n');
    expect(verify(broken)).toContain('kill mode');
  });

  it.each(UNITS)('%s restarts, stops its own process first and starts what the build makes', (unit) => {
    const text = readFileSync(pathOf(unit), 'utf8');
    expect(text).toMatch(/^Restart=always$/m);
    expect(text).toMatch(/^KillMode=mixed$/m);
    expect(text).toMatch(/^RestartPreventExitStatus=78$/m);
    const entry = /^ExecStart=\/usr\/bin\/env node (\S+)$/m.exec(text)?.[1] ?? '';
    expect(existsSync(join(root, entry.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('give the worker its grace and 15 s to stop', () => {
    const text = readFileSync(pathOf('signalbox-worker@.service'), 'utf8');
    const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    expect(number(/^TimeoutStopSec=(\d+)$/m)).toBe(number(/^Environment=GRACE_SECONDS=(\d+)$/m) + 15);
  });

  it('are all in the instructions', () => {
    const readme = readFileSync(pathOf('README.md'), 'utf8');
    for (const unit of UNITS) expect(readme).toContain(unit.replace(/\.service$/, ''));
    expect(() => execFileSync('sh', ['-n'], { input: shellOf(readme) })).not.toThrow();
  });
});

/** The shell lines of the instructions. */
function shellOf(readme: string): string {
  return [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines]) => lines).join('\n');
}
