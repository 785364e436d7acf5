import { createIntegrations } from '@signalbox/homelab';
import { findLookAlikes, handOn, namesOf, ownNames, variableNames } from '@signalbox/service';
import { describe, expect, it } from 'vitest';

const APPS = ['bot', 'worker', 'dashboard', 'simulator'] as const;
const ofHouse = [...new Set(createIntegrations().flatMap((integration) => Object.keys(integration.variables)))];
const everything = Object.fromEntries(variableNames.map((name) => [name, 'set']));

describe('npm start', () => {
  it.each(APPS)('gives the %s each variable that it needs, and of ours no other', (app) => {
    const given = Object.keys(handOn(app, everything)).filter((name) => ownNames.some((own) => own === name));
    expect(given.sort()).toEqual(
      namesOf(app)
        .filter((name) => ownNames.some((own) => own === name))
        .sort(),
    );
  });

  it('hands on the file of the heartbeat, and what the machine says to all', () => {
    for (const app of ['bot', 'worker'] as const) expect(handOn(app, everything)).toHaveProperty('HEARTBEAT_FILE');
    for (const app of APPS) expect(handOn(app, { TZ: 'UTC', PATH: '/bin' })).toEqual({ TZ: 'UTC', PATH: '/bin' });
  });

  it('gives the variables of the homelab to the worker and to no other', () => {
    const env = Object.fromEntries(ofHouse.map((name) => [name, 'set']));
    expect(ofHouse).toContain('KUMA_API_KEY');
    expect(handOn('worker', env, ofHouse)).toEqual(env);
    for (const app of ['bot', 'dashboard', 'simulator'] as const) expect(handOn(app, env, ofHouse)).toEqual({});
  });
});

it('no variable of the homelab is taken for a mistake, nor one of Signalbox by those who look for both', () => {
  const env = { ...everything, ...Object.fromEntries(ofHouse.map((name) => [name, 'set'])) };
  expect(findLookAlikes(env)).toEqual([]);
  expect(findLookAlikes(env, [...ownNames, ...ofHouse])).toEqual([]);
});
