import { expect, test } from 'vitest';
import { buildEnvironment, secretsOf } from './build-environment.ts';

const marker = 'pool one/blog';

test('the whole environment of a session', () => {
  const environment = { PATH: '/bin', HOME: '/home/ann', LANG: 'C.UTF-8', ANTHROPIC_API_KEY: 'sk-ant-1', TZ: '' };
  expect(
    buildEnvironment({ environment, marker, configDir: '/srv/config' }, { run: 'r-1', continueInterrupted: false }),
  ).toEqual({
    PATH: '/bin',
    HOME: '/home/ann',
    LANG: 'C.UTF-8',
    ANTHROPIC_API_KEY: 'sk-ant-1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
    CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD: '1',
    CLAUDE_CODE_MAX_RETRIES: '6',
    SIGNALBOX_SESSION: 'pool%20one/blog',
    SIGNALBOX_RUN: 'r-1',
    CLAUDE_CONFIG_DIR: '/srv/config',
  });
});

test('an interrupted turn is continued only when that is said', () => {
  const options = { environment: { PATH: '/bin', HOME: '/' }, marker, maxApiRetries: 0 };
  expect(buildEnvironment(options, { run: 'r-1', continueInterrupted: true })).toMatchObject({
    CLAUDE_CODE_RESUME_INTERRUPTED_TURN: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
  });
});

test('names that are not on the list do not pass, whatever is handed in', () => {
  const environment = {
    PATH: '/bin',
    HOME: '/',
    TELEGRAM_BOT_TOKEN: 'sentinel',
    REDIS_URL: 'sentinel',
    NODE_OPTIONS: 'sentinel',
  };
  expect(
    JSON.stringify(buildEnvironment({ environment, marker }, { run: 'r-1', continueInterrupted: true })),
  ).not.toContain('sentinel');
});

test('the secrets are the credentials', () => {
  expect(secretsOf({ PATH: '', HOME: '', ANTHROPIC_API_KEY: 'a', CLAUDE_CODE_OAUTH_TOKEN: 'b' })).toEqual(['a', 'b']);
  expect(secretsOf({ PATH: '', HOME: '' })).toEqual([]);
});
