-- Forgets the beginning of a run's log, which its only reader has read.
local run, log = unpack(KEYS)
local values = redis.call('HMGET', run, 'v', 'base')
if not values[1] then
  return 0
end
local base, upto = tonumber(values[2] or '0'), tonumber(ARGV[1])
if upto > base then
  redis.call('LTRIM', log, string.format('%.0f', upto - base), '-1')
  redis.call('HSET', run, 'base', ARGV[1])
end
return 1
