import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { environmentOf } from '../../apps/cli/src/plan-start.ts';
import { createIntegrations } from '../../libs/homelab/src/integrations/registry.ts';
import { variables } from '../../libs/service/src/variables.ts';

const source = (app: string) => readFileSync(new URL(`../../apps/${app}/src/start-${app}.ts`, import.meta.url), 'utf8');
/** For containers: a terminal has nobody who looks. */
const NOT_IN_A_TERMINAL = ['HEARTBEAT_FILE'];
const everything = Object.fromEntries(Object.keys(variables).map((name) => [name, 'set']));

it.each(['bot', 'worker', 'dashboard'] as const)('npm start gives the %s each variable that it reads', (app) => {
  const [, list = ''] = /const NAMES = \[([^\]]+)\]/.exec(source(app)) ?? [];
  const read = [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
  expect(read.length).toBeGreaterThan(3);
  const given = Object.keys(environmentOf(app, everything));
  expect(read.filter((name) => !given.includes(name) && !NOT_IN_A_TERMINAL.includes(name))).toEqual([]);
});

it('npm start gives the variables of the homelab to the worker and to no other', () => {
  const names = createIntegrations().flatMap((integration) => Object.keys(integration.variables));
  const env = Object.fromEntries(names.map((name) => [name, 'set']));
  expect(names).toContain('KUMA_API_KEY');
  expect(environmentOf('worker', env, names)).toEqual(env);
  for (const app of ['bot', 'dashboard', 'simulator'] as const) expect(environmentOf(app, env, names)).toEqual({});
});
