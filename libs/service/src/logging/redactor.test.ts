import { describe, expect, it } from 'vitest';
import { secretsOf } from '../environment/secrets.ts';
import { createLog } from './log.ts';
import { createBeginningRedactor, createGrowingRedactors, createRedactor } from './redactor.ts';

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
