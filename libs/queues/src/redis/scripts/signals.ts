import { defineScript } from './script.ts';

export const endPause = defineScript({
  does: 'Lets a queue go on that waits because of a job.',
  keys: ['paused'],
  args: ['job'],
  result: '1; 0: it waits for no word about that job',
  lua: `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`,
});

export const tidySignals = defineScript({
  does: 'Forgets what was sent to jobs that are done.',
  keys: ['signals', 'wait'],
  args: ['the job that begins'],
  result: 'Nothing',
  lua: `
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local job = string.match(field, '^stop:(.*)$')
  if not job or (job ~= ARGV[1] and not redis.call('LPOS', KEYS[2], job)) then redis.call('HDEL', KEYS[1], field) end
end`,
});
