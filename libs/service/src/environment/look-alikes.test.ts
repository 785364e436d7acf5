import { expect, it } from 'vitest';
import { ownNames, variableNames } from '../variables/names.ts';
import { handOn } from './hand-on.ts';
import { describeLookAlike, findLookAlikes } from './look-alikes.ts';

it.each([
  ['PERMISION_MODE', 'PERMISSION_MODE'],
  ['TELEGRAM_BOT_TOKN', 'TELEGRAM_BOT_TOKEN'],
  ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'],
  ['SESSION_DIR', 'SESSIONS_DIR'],
  ['REDIS_URI', 'REDIS_URL'],
  ['IDLE_TIMEOUT', 'IDLE_TIMEOUT_MINUTES'],
  ['log_level', 'LOG_LEVEL'],
  ['DASHBOARD_USER', 'DASHBOARD_HOST'],
])('%s looks like %s', (name, nearest) => {
  expect(findLookAlikes({ [name]: 'x' })).toEqual([{ name, nearest }]);
});

it.each([
  ...['PATH', 'HOME', 'LANG', 'TOOL', 'CI', 'NODE_ENV', 'ACTIONS', 'INVOCATION_ID', 'STATE_DIRECTORY', 'http_proxy'],
  ...['ANTHROPIC_MODEL', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_CODE', 'REDIS_PORT', 'SIGNALBOX_SESSION', 'TZ', 'API_KEY'],
  ...['HOSTNAME', 'XDG_SESSION_ID', 'npm_config_loglevel', 'npm_package_name'],
])('%s is nobody’s mistake', (name) => {
  expect(findLookAlikes({ [name]: 'x' })).toEqual([]);
});

it('no variable looks like another one, and one that is empty like none', () => {
  expect(findLookAlikes(Object.fromEntries(variableNames.map((name) => [name, 'x'])))).toEqual([]);
  expect(findLookAlikes({ PERMISION_MODE: '' })).toEqual([]);
});

it('names that others brought along are known, and looked for', () => {
  const house = ['KUMA_URL', 'KUMA_API_KEY', 'KUMA_STATUS_PAGE'];
  const env = { KUMA_URL: 'x', KUMA_API_KY: 'x', KUMA_KEY: 'x', TELEGRAM_BOT_TOKN: 'x' };
  expect(findLookAlikes(env, house).map(({ nearest }) => nearest)).toEqual(['KUMA_API_KEY', 'KUMA_URL']);
  expect(findLookAlikes(env, [...ownNames, ...house])).toHaveLength(3);
  expect(findLookAlikes({ POOLS: 'x' }, ownNames, ['POOLS'])).toEqual([]);
});

it('is said with what may have been meant', () => {
  const sentence = 'A is set, but there is no such variable: it does nothing. Did you mean B?';
  expect(describeLookAlike({ name: 'A', nearest: 'B' })).toBe(sentence);
});

it('what a process is handed is what the machine has and its own settings', () => {
  const env = { PATH: '/bin', TZ: 'UTC', POOL: 'nas', SESSIONS_DIR: 's', DASHBOARD_PASSWORD: 'p', REDIS_PASSWORD: 'r' };
  expect(handOn('bot', { ...env, TELEGRAM_BOT_TOKN: 'secret' })).toEqual({ PATH: '/bin', TZ: 'UTC', POOL: 'nas' });
  expect(handOn('dashboard', { ...env, KUMA_URL: 'k' }, ['KUMA_URL'])).toEqual({
    ...{ PATH: '/bin', TZ: 'UTC', DASHBOARD_PASSWORD: 'p' },
  });
  expect(handOn('worker', { ...env, KUMA_URL: 'k' }, ['KUMA_URL'])).toEqual({
    ...{ PATH: '/bin', TZ: 'UTC', POOL: 'nas', SESSIONS_DIR: 's', KUMA_URL: 'k' },
  });
});
