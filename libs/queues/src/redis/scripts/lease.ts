import { defineScript } from './script.ts';

export const acquireLease = defineScript({
  does: 'Grants a lease that nobody holds. A paused queue is nobody’s.',
  keys: ['lease', 'fence', 'paused'],
  args: ['owner', 'time to live in ms'],
  result: 'The fence; 0: another holds it, or the queue is paused',
  lua: `
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
local fence = redis.call('HINCRBY', KEYS[2], 'number', 1)
redis.call('HSET', KEYS[2], 'owner', ARGV[1])
return fence`,
});

export const renewLease = defineScript({
  does: 'Renews a lease. One that ran out may be taken back only if nobody was granted it in between: the fence tells. A Redis that came back without its data has granted it to nobody.',
  keys: ['lease', 'fence'],
  args: ['owner', 'fence', 'time to live in ms'],
  result: '1; 0: it was granted to another',
  lua: `
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
if owner then return 0 end
local granted = redis.call('HMGET', KEYS[2], 'number', 'owner')
if not granted[1] then
  redis.call('HSET', KEYS[2], 'number', ARGV[2], 'owner', ARGV[1])
  granted = { ARGV[2], ARGV[1] }
end
if granted[1] ~= ARGV[2] or granted[2] ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1`,
});

export const releaseLease = defineScript({
  does: 'Gives a lease up, unless it is another’s by now.',
  keys: ['lease'],
  args: ['owner'],
  result: '1; 0: it was not held',
  lua: `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`,
});
