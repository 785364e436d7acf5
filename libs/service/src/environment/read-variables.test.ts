import { describe, expect, it } from 'vitest';
import { ConfigurationError, readTogether } from './configuration-error.ts';
import { readAllSettings, readIfRight, readSettingsOf, readVariables } from './read-variables.ts';

describe('reading variables', () => {
  it('takes defaults for what is unset or empty', () => {
    const config = readVariables({ POOL: '' }, ['POOL', 'IDLE_TIMEOUT_MINUTES', 'TELEGRAM_ALLOWED_USERS', 'REDIS_URL']);
    expect(config).toEqual({
      POOL: 'default',
      IDLE_TIMEOUT_MINUTES: 10,
      TELEGRAM_ALLOWED_USERS: [],
      REDIS_URL: undefined,
    });
  });

  it.each([
    ['IDLE_TIMEOUT_MINUTES', '0.05', 0.05],
    ['IDLE_TIMEOUT_MINUTES', '.5', 0.5],
    ['TELEGRAM_ALLOWED_USERS', ' 1, 22 ,333', [1, 22, 333]],
    ['REDIS_URL', 'unix:/run/redis.sock', 'unix:/run/redis.sock'],
  ] as const)('reads %s=%s', (name, raw, value) => {
    expect(readVariables({ [name]: raw }, [name])[name]).toEqual(value);
  });

  it.each(['https://host/path', 'ftp://host', 'host'])('takes no %s for the address of the Bot API', (raw) => {
    expect(() => readVariables({ TELEGRAM_API_ROOT: raw }, ['TELEGRAM_API_ROOT'])).toThrow('without a path');
  });

  it('names every wrong variable at once, with what is expected, and shows no secret', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: 'sentinel-token',
      DASHBOARD_PORT: '99999',
      IDLE_TIMEOUT_MINUTES: '0',
      STREAMING: 'loud',
    };
    const names = ['TELEGRAM_BOT_TOKEN', 'DASHBOARD_PORT', 'IDLE_TIMEOUT_MINUTES', 'STREAMING', 'REDIS_URL'] as const;
    const read = () => readVariables(env, names, ['REDIS_URL']);
    expect(read).toThrow(ConfigurationError);
    for (const name of names) expect(read).toThrow(name);
    expect(read).toThrow('expected draft, edit or off, got "loud"');
    expect(read).not.toThrow('sentinel-token');
  });
});

describe('the settings of a process', () => {
  const needed = { REDIS_URL: 'redis://h', TELEGRAM_BOT_TOKEN: '1:a' };

  it('are all that it needs, and nothing else', () => {
    const bot = readSettingsOf('bot', { ...needed, SESSIONS_DIR: '/elsewhere' });
    expect(bot).toMatchObject({ TELEGRAM_BOT_TOKEN: '1:a', POOL: 'default', LOG_LEVEL: 'info' });
    expect(bot).not.toHaveProperty('SESSIONS_DIR');
    expect(readSettingsOf('worker', { ...needed, SESSIONS_DIR: '/elsewhere' }).SESSIONS_DIR).toBe('/elsewhere');
  });

  it('lack nothing that is required, of that process alone', () => {
    expect(() => readSettingsOf('bot', {})).toThrow(/TELEGRAM_BOT_TOKEN is not set[\s\S]*REDIS_URL is not set/);
    expect(() => readSettingsOf('dashboard', { REDIS_URL: needed.REDIS_URL })).not.toThrow();
    expect(() => readAllSettings({})).not.toThrow();
  });

  it('are wrong with problems of several variables together, listed with all others', () => {
    const env = { DASHBOARD_HOST: '0.0.0.0', STREAMING: 'loud', TZ: 'Atlantis' };
    const problems = [
      'STREAMING: expected draft, edit or off, got "loud".',
      'TZ: expected a time zone such as Europe/Vienna, got "Atlantis".',
      expect.stringMatching(/^DASHBOARD_PASSWORD is not set\. The dashboard listens on 0\.0\.0\.0/),
    ];
    expect(problemsOf(() => readAllSettings(env))).toEqual(problems);
    expect(problemsOf(() => readAllSettings({ ...env, DASHBOARD_PASSWORD: 'x' }))).toHaveLength(2);
    expect(problemsOf(() => readSettingsOf('bot', { ...needed, ...env }))).toEqual(problems.slice(0, 1));
  });

  it.each([
    [{ SIMULATOR_PORT: '3000' }, 1],
    [{ SIMULATOR_PORT: '3000', DASHBOARD_PORT: '3001' }, 0],
    [{ SIMULATOR_PORT: '0', DASHBOARD_PORT: '0' }, 0],
    [{ DASHBOARD_PORT: '8081' }, 0],
  ])('with the ports %j have %i problems', (env, count) => {
    expect(problemsOf(() => readAllSettings(env))).toHaveLength(count);
  });

  it('can be looked at where a wrong one is somebody else’s to say', () => {
    expect(readIfRight({ LOG_LEVEL: 'loud' }, ['LOG_LEVEL'])).toBeUndefined();
    expect(readIfRight({ LOG_LEVEL: 'debug' }, ['LOG_LEVEL'])).toEqual({ LOG_LEVEL: 'debug' });
  });
});

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe('readings of the configuration', () => {
  const wrong = async (problem: string) => {
    throw new ConfigurationError([problem]);
  };

  it('come to all their values, or to all their problems at once', async () => {
    expect(await readTogether(Promise.resolve(1), Promise.resolve('two'))).toEqual([1, 'two']);
    await expect(readTogether(wrong('A is wrong.'), wrong('B is wrong.'))).rejects.toMatchObject({
      problems: ['A is wrong.', 'B is wrong.'],
    });
    await expect(readTogether(wrong('A'), Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
  });
});
