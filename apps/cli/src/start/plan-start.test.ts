import { handOn, type RawEnvironment, readAllSettings } from '@signalbox/service';
import { describe, expect, it } from 'vitest';
import { guide } from './guide.ts';
import { planStart, withSimulated } from './plan-start.ts';

const simulator = { url: 'http://127.0.0.1:8081', botToken: '1:sim', users: [1001, 1002], groups: [-5] };

const planOf = (env: RawEnvironment, isLoggedIn: boolean) => planStart(readAllSettings(env), env, isLoggedIn);

describe('the plan of a start', () => {
  it.each([
    ['nothing set', {}, false, { privateRedis: true, simulatesTelegram: true, simulatesModel: true }],
    ['a login', {}, true, { simulatesModel: false }],
    ['an API key', { ANTHROPIC_API_KEY: 'k' }, false, { simulatesModel: false }],
    ['a long-lived token', { CLAUDE_CODE_OAUTH_TOKEN: 't' }, false, { simulatesModel: false }],
    ['a bot token', { TELEGRAM_BOT_TOKEN: '1:abc' }, false, { simulatesTelegram: false }],
    ['a Redis', { REDIS_URL: 'redis://localhost' }, false, { privateRedis: false }],
    [
      'empty variables',
      { TELEGRAM_BOT_TOKEN: '', REDIS_URL: '' },
      false,
      { privateRedis: true, simulatesTelegram: true },
    ],
  ] as const)('with %s', (_what, env, isLoggedIn, expected) => {
    expect(planOf(env, isLoggedIn)).toMatchObject(expected);
  });

  it('takes the ports that were asked for, and else any', () => {
    expect(planOf({}, false).ports).toEqual({ dashboard: undefined, simulator: undefined });
    const asked = { DASHBOARD_PORT: '1', SIMULATOR_PORT: '2' };
    expect(planOf(asked, false).ports).toEqual({ dashboard: 1, simulator: 2 });
  });
});

describe('the environment of an app', () => {
  const env = {
    PATH: '/bin',
    TELEGRAM_BOT_TOKEN: '1:abc',
    ANTHROPIC_API_KEY: 'key',
    DASHBOARD_PASSWORD: 'pw',
    REDIS_URL: 'redis://localhost',
  };

  it('holds the settings of that app and no other', () => {
    expect(handOn('bot', env)).toEqual({
      PATH: '/bin',
      TELEGRAM_BOT_TOKEN: '1:abc',
      REDIS_URL: 'redis://localhost',
    });
    expect(handOn('worker', env)).toEqual({
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'key',
      REDIS_URL: 'redis://localhost',
    });
    expect(handOn('dashboard', env)).toEqual({
      PATH: '/bin',
      DASHBOARD_PASSWORD: 'pw',
      REDIS_URL: 'redis://localhost',
    });
    expect(handOn('simulator', env)).toEqual({ PATH: '/bin' });
  });

  it('points to what is simulated, and only to that', () => {
    const telegramOnly = withSimulated(env, { ...planOf({}, true) }, simulator, '/state');
    expect(telegramOnly).toMatchObject({
      TELEGRAM_API_ROOT: simulator.url,
      TELEGRAM_ALLOWED_USERS: '1001,1002',
      ANTHROPIC_API_KEY: 'key',
    });
    expect(telegramOnly).not.toHaveProperty('MODEL_IS_SIMULATED');
    const modelOnly = withSimulated(env, planOf({ TELEGRAM_BOT_TOKEN: '1:abc' }, false), simulator, '/state');
    expect(modelOnly).toMatchObject({
      TELEGRAM_BOT_TOKEN: '1:abc',
      ANTHROPIC_BASE_URL: simulator.url,
      MODEL_IS_SIMULATED: '1',
      CLAUDE_CONFIG_DIR: '/state/claude',
    });
  });
});

describe('the guide', () => {
  it('says that the model is simulated, where everything is, and what makes it real', () => {
    const text = guide({
      missing: [],
      plan: planOf({}, false),
      claude: '/opt/claude',
      settings: {},
      simulatorUrl: simulator.url,
      dashboardPort: 3000,
      madePassword: 'made',
    });
    for (const part of [
      simulator.url,
      'SIMULATED',
      'http://127.0.0.1:3000',
      'password made',
      '/new test',
      'TELEGRAM_BOT_TOKEN',
      'ANTHROPIC_API_KEY',
      'run `/opt/claude` once',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells somebody with a bot of their own who may use it', () => {
    const settings = { TELEGRAM_BOT_TOKEN: '1:abc', DASHBOARD_PASSWORD: 'mine' };
    const text = guide({
      missing: ['bot'],
      plan: planOf(settings, true),
      claude: '/opt/claude',
      settings,
      simulatorUrl: undefined,
      dashboardPort: 3000,
      madePassword: undefined,
    });
    expect(text).toContain('TELEGRAM_ALLOWED_USERS');
    expect(text).toContain('The bot is not ready yet');
    expect(text).not.toContain('mine');
    expect(text).not.toContain('SIMULATED');
  });
});
