import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

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
