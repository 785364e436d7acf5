import { describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  createBeginningRedactor,
  createGrowingRedactors,
  createLog,
  createRedactor,
  readTogether,
  readVariables,
  secretsOf,
  untilDone,
} from './index.ts';

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

describe('the redactor', () => {
  const env = {
    TELEGRAM_BOT_TOKEN: '1:sentinel',
    REDIS_URL: 'redis://u:p%40ss-word@h:1',
    DASHBOARD_PASSWORD: 'say "hi" twice',
  };
  const redact = createRedactor(secretsOf(env));

  it.each([
    '1:sentinel',
    'https://api.telegram.org/bot1:sentinel/getMe',
    'redis://u:p%40ss-word@h:1/0',
    'p@ss-word',
    'say "hi" twice',
    JSON.stringify({ x: 'say "hi" twice' }),
    '123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi',
    'sk-ant-api03-abcdefgh',
  ])('takes the secret out of %s', (text) => {
    const redacted = redact(text);
    expect(redacted).toContain('[redacted]');
    for (const part of ['sentinel', 'p@ss', 'p%40ss', 'hi" twice', 'AAaaBB', 'api03'])
      expect(redacted).not.toContain(part);
  });

  it('takes out what it learns of later, from what is whole and from what was cut', () => {
    const { redact: whole, redactBeginning, hide } = createGrowingRedactors(['first-secret']);
    expect(whole('first-secret second-secret')).toBe('[redacted] second-secret');
    hide(['second-secret']);
    expect(whole('first-secret second-secret')).toBe('[redacted] [redacted]');
    expect(redactBeginning('first-secret second-sec')).toBe('[redacted] ');
  });

  it('leaves other text as it is', () => {
    expect(redact('at 12:30 the backup of 100 ended')).toBe('at 12:30 the backup of 100 ended');
  });

  it('leaves no part of a secret at the end of a text that was cut anywhere or still grows', () => {
    const beginning = createBeginningRedactor(secretsOf({ ...env, ANTHROPIC_API_KEY: 'abcd-key-abcd' }));
    const whole = 'the key is abcd-key-abcd, of 123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi and 1:sentinel.';
    for (let end = 0; end <= whole.length; end += 1) {
      expect(beginning(whole.slice(0, end)), `cut at ${end}`).not.toMatch(/abcd|AAaa|1:se/);
    }
    expect(beginning(whole)).toBe('the key is [redacted], of [redacted] and [redacted].');
    expect(beginning('it was 12:30, and the 1')).toBe('it was 12:30, and the 1');
  });

  it('stands before every line of the log, also for what is inside an error', () => {
    const lines: string[] = [];
    const log = createLog({ name: 't', level: 'info', redact, sink: { write: (line) => lines.push(line) } });
    log.info({ err: new Error('1:sentinel'), deep: { p: 'p@ss-word' } }, 'with 1:sentinel');
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(/sentinel|p@ss/);
  });
});

describe('the log', () => {
  it('shows what an error is, and none of the words that a failed command carries', () => {
    const lines: string[] = [];
    const log = createLog({
      name: 't',
      level: 'info',
      redact: (text) => text,
      sink: { write: (line) => lines.push(line) },
    });
    const error = Object.assign(new Error('OOM'), { code: 'E', command: { name: 'hset', args: ['private words'] } });
    log.warn({ err: error }, 'failed');
    expect(lines.join()).toMatch(/OOM.*"code":"E"/);
    expect(lines.join()).not.toContain('private words');
  });
});

describe('untilDone', () => {
  it('tries again until it succeeds, and gives up when it is told to', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return 'done';
    };
    expect(await untilDone(work, { signal: new AbortController().signal, onRetry: () => undefined })).toBe('done');
    const never = new AbortController();
    const waiting = untilDone(() => Promise.reject(new Error('away')), {
      signal: never.signal,
      onRetry: () => never.abort(),
    });
    await expect(waiting).rejects.toThrow('aborted');
  });
});
