import { defineScript } from './script.ts';

export const takeAnswer = defineScript({
  does: 'Takes the first answer to a question that is open.',
  keys: ['signals'],
  args: ['question', 'answer'],
  result: 'The answer that holds; nothing: nobody waits for one',
  lua: `
local there = redis.call('HGET', KEYS[1], 'answer:' .. ARGV[1])
if there then return there end
if redis.call('HEXISTS', KEYS[1], 'open:' .. ARGV[1]) == 0 then return false end
redis.call('HSET', KEYS[1], 'answer:' .. ARGV[1], ARGV[2])
return ARGV[2]`,
});

export const tidySignals = defineScript({
  does: 'Forgets what was sent to jobs that are done. What Claude asks in a turn of its own, beside the jobs, stays while it is open.',
  keys: ['signals', 'wait'],
  args: ['the job that begins'],
  result: 'Nothing',
  lua: `
local fields = redis.call('HKEYS', KEYS[1])
local late = false
for _, field in ipairs(fields) do late = late or string.find(field, '^open:n%-late%-') ~= nil end
for _, field in ipairs(fields) do
  local job = string.match(field, '^stop:(.*)$')
  if late and string.find(field, ':n%-late%-') then job = ARGV[1] end
  if not job or (job ~= ARGV[1] and not redis.call('LPOS', KEYS[2], job)) then redis.call('HDEL', KEYS[1], field) end
end`,
});
