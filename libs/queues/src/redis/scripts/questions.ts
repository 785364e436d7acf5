import { defineScript } from './script.ts';

export const takeAnswer = defineScript({
  does: 'Takes the first answer to a question that is open. About a job that waits it is kept for the job, and a pause for it ends.',
  keys: ['questions', 'chosen', 'paused', 'wait', 'active', 'failed'],
  args: [
    'question',
    'answer',
    'seconds to keep',
    'the job that it is about, or left out',
    'what is chosen for the job',
  ],
  result: 'The answer that holds; nothing: nobody waits for one',
  lua: `
local there = redis.call('HGET', KEYS[1], 'answer:' .. ARGV[1])
if there then return there end
local job, choice = ARGV[4], ARGV[5]
if not job then
  if redis.call('HEXISTS', KEYS[1], 'open:' .. ARGV[1]) == 0 then return false end
elseif redis.call('ZSCORE', KEYS[6], job) then
  if choice == 'continue' then return false end
else
  if choice ~= 'continue' and choice ~= 'drop' then return false end
  if not redis.call('LPOS', KEYS[4], job) and not redis.call('LPOS', KEYS[5], job) then return false end
  redis.call('HSET', KEYS[2], job, choice .. ' ' .. ARGV[1])
  if redis.call('GET', KEYS[3]) == job then redis.call('DEL', KEYS[3]) end
end
redis.call('HSET', KEYS[1], 'answer:' .. ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return ARGV[2]`,
});

export const tidyQuestions = defineScript({
  does: 'Forgets what turns that are over have asked, and answers about jobs that are no longer kept. What Claude asks in a turn of its own, beside the jobs, stays while it is open.',
  keys: ['questions', 'job (without its id)'],
  args: [],
  result: 'Nothing',
  lua: `
local stored = redis.call('HGETALL', KEYS[1])
local late = false
for i = 1, #stored, 2 do late = late or string.find(stored[i], '^open:n%-late%-') ~= nil end
for i = 1, #stored, 2 do
  local field = stored[i]
  local job = string.find(field, '^answer:') and cjson.decode(stored[i + 1]).jobId
  local kept = job and redis.call('EXISTS', KEYS[2] .. job) == 1
  if not kept and not (late and string.find(field, ':n%-late%-')) then redis.call('HDEL', KEYS[1], field) end
end`,
});
