import { describe, expect, it } from 'vitest';
import { mayPass } from './passing-errors.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('an error', () => {
  it.each([
    named('ReplyError', 'LOADING Redis is loading the dataset in memory'),
    named('ReplyError', "READONLY You can't write against a read only replica. script: 1f"),
    named('ReplyError', "OOM command not allowed when used memory > 'maxmemory'."),
    named('ReplyError', 'MISCONF Redis is configured to save RDB snapshots'),
    named('ReplyError', 'CLUSTERDOWN Hash slot not served'),
    named('ReplyError', 'TRYAGAIN Multiple keys request during rehashing of slot'),
    named('ReplyError', 'NOAUTH Authentication required.'),
    named('ReplyError', 'EXECABORT Transaction discarded', {
      previousErrors: [named('ReplyError', "OOM command not allowed when used memory > 'maxmemory'.")],
    }),
    named('Error', 'Command timed out'),
    named('Error', 'Connection is closed.'),
    named('Error', "Stream isn't writeable and enableOfflineQueue options is false"),
    named('MaxRetriesPerRequestError', 'Reached the max retries per request limit (which is 0).'),
    named('Error', 'connect ECONNREFUSED 127.0.0.1:6379', { code: 'ECONNREFUSED', syscall: 'connect' }),
    named('Error', 'connect ENOENT redis.sock', { code: 'ENOENT', syscall: 'connect' }),
    named('Error', 'read ECONNRESET', { code: 'ECONNRESET' }),
  ])('that may pass by itself is waited for: %s', (error) => {
    expect(mayPass(error)).toBe(true);
  });

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'name')"),
    new SyntaxError('Unexpected token } in JSON'),
    named('ZodError', '[]'),
    named('ReplyError', 'WRONGTYPE Operation against a key holding the wrong kind of value'),
    named('ReplyError', 'ERR unknown command'),
    named('ReplyError', 'EXECABORT Transaction discarded because of previous errors.', {
      previousErrors: [named('ReplyError', 'ERR wrong number of arguments')],
    }),
    named('Error', 'LOADING is what this text begins with'),
    named('Error', 'ENOENT: no such file or directory', { code: 'ENOENT', syscall: 'open' }),
    'a thrown text',
    undefined,
  ])('that comes again however often it is tried is a bug: %s', (error) => {
    expect(mayPass(error)).toBe(false);
  });
});
