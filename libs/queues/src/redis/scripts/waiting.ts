import { JOINING } from '../schema/queue-keys.ts';
import { defineScript } from './script.ts';

// `ats` is BullMQ's count of how often a job was fetched: a job that has it has begun.

export const editJob = defineScript({
  does: 'Gives a job other data, if it waits, has not begun, is not joined to another and is not stopped.',
  keys: ['wait', 'joined', 'signals', 'job'],
  args: ['job', 'data'],
  result: '1; 0: it can no longer be changed',
  lua: `
if not redis.call('LPOS', KEYS[1], ARGV[1]) or redis.call('HEXISTS', KEYS[4], 'ats') == 1 then return 0 end
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or redis.call('HEXISTS', KEYS[3], 'stop:' .. ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[4], 'data', ARGV[2])
return 1`,
});

export const putJobNext = defineScript({
  does: 'Lets jobs that wait be the next, in this order. What has begun stays before them, with what was joined to it.',
  keys: ['wait', 'joined', 'job (without its id)'],
  args: ['job …'],
  result: '1; 0: none of them waits any more',
  lua: `
local function mayMove(id) return redis.call('HEXISTS', KEYS[3] .. id, 'ats') == 0 and redis.call('HEXISTS', KEYS[2], id) == 0 end
local moved = {}
for _, id in ipairs(ARGV) do
  if mayMove(id) and redis.call('LREM', KEYS[1], 1, id) == 1 then table.insert(moved, id) end
end
local before
local at = -1
while true do
  local id = redis.call('LINDEX', KEYS[1], at)
  if not id then break end
  if mayMove(id) then break end
  before = id
  at = at - 1
end
for _, id in ipairs(moved) do
  if before then redis.call('LINSERT', KEYS[1], 'BEFORE', before, id) else redis.call('RPUSH', KEYS[1], id) end
  before = id
end
return #moved > 0 and 1 or 0`,
});

export const joinJobs = defineScript({
  does: 'Joins jobs that wait to another one, which gets other data; all of them, or none if one was changed, stopped or begun.',
  keys: ['wait', 'joined', 'signals', 'job (the leader)', 'job (without its id)'],
  args: ['leader', 'data', 'id and data of each other …'],
  result: '1; 0: none was joined',
  lua: `
for i = 3, #ARGV, 2 do
  local leader = redis.call('HGET', KEYS[2], ARGV[i])
  if leader ~= ARGV[1] then
    if leader or not redis.call('LPOS', KEYS[1], ARGV[i]) then return 0 end
    if redis.call('HEXISTS', KEYS[3], 'stop:' .. ARGV[i]) == 1 then return 0 end
    if redis.call('HGET', KEYS[5] .. ARGV[i], 'data') ~= ARGV[i + 1] then return 0 end
  end
end
if #ARGV > 2 then redis.call('HSET', KEYS[4], 'data', ARGV[2]) end
for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[1]) end
redis.call('HDEL', KEYS[2], '${JOINING}')
return 1`,
});

export const emptyQueue = defineScript({
  does: 'Takes all jobs out of a queue that nobody holds. Whoever held it last has lost it.',
  keys: ['lease', 'fence', 'paused', 'wait', 'active', 'joined', 'job (without its id)'],
  args: [],
  result: '1; 0: somebody holds it',
  lua: `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HINCRBY', KEYS[2], 'number', 1)
redis.call('HSET', KEYS[2], 'owner', '')
for _, list in ipairs({ KEYS[4], KEYS[5] }) do
  for _, id in ipairs(redis.call('LRANGE', list, 0, -1)) do
    redis.call('DEL', KEYS[7] .. id, KEYS[7] .. id .. ':lock')
  end
end
redis.call('DEL', KEYS[3], KEYS[4], KEYS[5], KEYS[6])
return 1`,
});
