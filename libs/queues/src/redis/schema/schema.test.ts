import { describe, expect, it } from 'vitest';
import { keyProblem } from './check-key.ts';
import { channels, keys } from './schema.ts';

describe('a key', () => {
  it('is made from its row, and a name that comes twice is given once', () => {
    expect(keys.lease('session-web')).toBe('signalbox:{session-web}:lease');
    expect(keys.wait('session-web')).toBe('signalbox:{session-web}:session-web:wait');
    expect(keys.expected('reply--100', 7, 0)).toBe('signalbox:{reply--100}:expects:7:0');
    expect(keys.sessions()).toBe('signalbox:sessions');
    expect(channels.ready('session.default')).toBe('signalbox:ready:session.default');
  });
});

describe('a key that is found', () => {
  it.each([
    ['a queue’s', 'signalbox:{session-web}:session-web:wait', 'list', -1],
    ['a job’s', 'signalbox:{session-web}:session-web:u-1-1', 'hash', -1],
    ['one that expires', 'signalbox:update:1:2', 'string', 172_800_000],
    ['one that may expire', 'signalbox:{session-web}:paused', 'string', 5_000],
  ])('is in order: %s', (_, key, type, ttlMs) => {
    expect(keyProblem({ key, type, ttlMs })).toBeUndefined();
  });

  it.each([
    ['foreign', 'bull:x:wait', 'list', -1, 'bull:x:wait (list) is not in the schema'],
    ['of an unknown kind', 'signalbox:{q}:news', 'hash', -1, 'signalbox:{q}:news (hash) is not in the schema'],
    ['of another queue than its hash tag says', 'signalbox:{a}:b:wait', 'list', -1, 'is not in the schema'],
    ['of another type', 'signalbox:sessions', 'string', -1, 'is of type string, not hash'],
    ['one that should expire and never will', 'signalbox:message:1:2', 'string', -1, 'lives for ever, not 172800 s'],
    ['one that lives too long', 'signalbox:{q}:lease', 'string', 60_000, 'lives for 60 s, not 6 s'],
  ])('is told of: %s', (_, key, type, ttlMs, problem) => {
    expect(keyProblem({ key, type, ttlMs })).toContain(problem);
  });
});
