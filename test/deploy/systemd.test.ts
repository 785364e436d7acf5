import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namesOf, type VariableName, variables } from '@signalbox/service';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const UNITS = ['signalbox-bot.service', 'signalbox-worker@.service', 'signalbox-dashboard.service'];
const APPS = ['bot', 'worker', 'dashboard'] as const;
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

  it.each(APPS)('the unit of the %s reads what all read and its own file', (app) => {
    const unit = readFileSync(pathOf(UNITS.find((name) => name.includes(app)) ?? ''), 'utf8');
    const files = [...unit.matchAll(/^EnvironmentFile=%E\/signalbox\/(\S+)$/gm)].map(([, file]) => file);
    expect(files).toEqual(['common.env', `${app}.env`]);
    const set = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name);
    expect(set.filter((name) => !namesOf(app).some((needed) => needed === name))).toEqual([]);
  });

  it('the instructions say which file each variable goes into, and put none into another', () => {
    const readme = readFileSync(pathOf('README.md'), 'utf8');
    const files = whatGoesWhere();
    for (const [file, names] of files)
      expect(readme).toContain(`| \`${file}\` | ${names.map((name) => `\`${name}\``).join(', ')} |`);
    const commands = [...readme.matchAll(/^ +(?:echo|printf) (.*) > (\w+\.env)$/gm)];
    expect(commands.map(([, , file = '']) => file)).toEqual([...files.keys()]);
    for (const [, text = '', file = ''] of commands)
      for (const [, name = ''] of text.matchAll(/\b([A-Z_]{2,})=/g)) expect(files.get(file), name).toContain(name);
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

/** The files that the units read, with the variables that belong into each: what all need into one, the rest to whoever needs it. */
function whatGoesWhere(): Map<string, VariableName[]> {
  // What is for trying it out has no place in production.
  const needed = (app: (typeof APPS)[number]): VariableName[] =>
    namesOf(app).filter((name) => variables[name].topic !== 'Trying it out');
  const common = needed('bot').filter((name) => APPS.every((app) => needed(app).includes(name)));
  const own = APPS.map((app) => [`${app}.env`, needed(app).filter((name) => !common.includes(name))] as const);
  return new Map([['common.env', common] as const, ...own]);
}
