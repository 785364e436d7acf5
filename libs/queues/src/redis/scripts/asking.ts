import { defineScript } from './script.ts';

export const tickOption = defineScript({
  does: 'Marks an option of a question, or takes the mark away; the same press has no further effect.',
  keys: ['question'],
  args: ['value', 'press'],
  result: '1; 0: that press came before',
  lua: `
if redis.call('HSETNX', KEYS[1], 'press:' .. ARGV[2], '1') == 0 then return 0 end
local field = 'tick:' .. ARGV[1]
if redis.call('HDEL', KEYS[1], field) == 0 then redis.call('HSET', KEYS[1], field, '1') end
return 1`,
});

export const changeExpected = defineScript({
  does: 'Takes out what is expected for a question, and may put something before the rest.',
  keys: ['expected'],
  args: ['question', 'seconds to keep', 'what is expected for it, or left out'],
  result: 'Nothing',
  lua: `
local kept = {}
if ARGV[3] then kept[1] = cjson.decode(ARGV[3]) end
local stored = redis.call('GET', KEYS[1])
local isJson, known = pcall(cjson.decode, stored or '[]')
-- What cannot be read would keep every later question from being asked.
for _, each in ipairs(isJson and type(known) == 'table' and known or {}) do
  if type(each) == 'table' and each.questionId ~= ARGV[1] then kept[#kept + 1] = each end
end
if #kept == 0 then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], cjson.encode(kept), 'EX', ARGV[2]) end`,
});
