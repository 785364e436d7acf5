import { defineScript } from './script.ts';

export const removeCard = defineScript({
  does: 'Takes a session’s card away, if it is still as it was read.',
  keys: ['sessions'],
  args: ['session', 'card as it was read'],
  result: '1; 0: it is another one',
  lua: `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0`,
});

export const replaceCard = defineScript({
  does: 'Replaces a session’s card, if it is still as it was read.',
  keys: ['sessions'],
  args: ['session', 'card as it was read', 'card'],
  result: '1; 0: it is another one',
  lua: `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`,
});

export const movePlaces = defineScript({
  does: 'Has all places that talk to a session talk to another, or to none.',
  keys: ['places'],
  args: ['session', 'the other session, or left out'],
  result: 'Nothing',
  lua: `
local places = redis.call('HGETALL', KEYS[1])
for i = 1, #places, 2 do
  if places[i + 1] == ARGV[1] then
    if ARGV[2] then redis.call('HSET', KEYS[1], places[i], ARGV[2]) else redis.call('HDEL', KEYS[1], places[i]) end
  end
end`,
});

export const movePlacesOfChat = defineScript({
  does: 'Has the places of a chat be those of another. One that talks to a session there already stays as it is.',
  keys: ['places'],
  args: ['chat', 'the other chat'],
  result: 'Nothing',
  lua: `
local head = ARGV[1] .. ':'
for _, place in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(place, 1, #head) == head then
    local session = redis.call('HGET', KEYS[1], place)
    redis.call('HSETNX', KEYS[1], ARGV[2] .. ':' .. string.sub(place, #head + 1), session)
    redis.call('HDEL', KEYS[1], place)
  end
end`,
});
