import { defineScript } from './script.ts';

export const wantFile = defineScript({
  does: 'Says that a file is wanted.',
  keys: ['file'],
  args: ['request', 'seconds to keep'],
  result: 'The request that holds: the first one',
  lua: `
local request = redis.call('HGET', KEYS[1], 'request')
if request then return request end
redis.call('HSET', KEYS[1], 'request', ARGV[1], 'state', 'wanted')
redis.call('EXPIRE', KEYS[1], ARGV[2])
return ARGV[1]`,
});

export const setFileFields = defineScript({
  does: 'Sets fields of a file, if the request is still the one that wants it.',
  keys: ['file'],
  args: ['request', 'field and value …'],
  result: '1; 0: it is no longer wanted',
  lua: `
if redis.call('HGET', KEYS[1], 'request') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1`,
});
