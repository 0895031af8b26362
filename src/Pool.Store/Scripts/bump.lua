-- Gives the store's data a new generation when another server than the one that wrote it answers: one that was restarted, or a
-- replica that took over, and that may have lost writes. Nobody counts as alive then before he has been heard again.
--#include clock
local meta, beats = KEYS[1], KEYS[2]
local nonce = ARGV[1]
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local generation, former = redis.call('HGET', meta, 'gen'), redis.call('HGET', meta, 'run')
if former == run and generation then
  return generation
end
local agents = redis.call('ZRANGE', beats, '0', '-1')

if not generation or former then
  generation = nonce
  redis.call('HSET', meta, 'bumped', int(now))
  -- Not removed: those who never come back are reaped in their time.
  for i = 1, #agents do
    redis.call('ZADD', beats, int(now), agents[i])
  end
end
redis.call('HSET', meta, 'gen', generation, 'run', run, 'v', '1')
return generation
