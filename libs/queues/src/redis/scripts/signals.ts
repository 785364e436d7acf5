import { defineScript } from './script.ts';

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
