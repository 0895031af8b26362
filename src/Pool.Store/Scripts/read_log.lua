-- Reads a run's log from an index on; nil when the run is not there.
local run, log = unpack(KEYS)
local values = redis.call('HMGET', run, 'v', 'base')
if not values[1] then
  return false
end
local base = tonumber(values[2] or '0')
local first = math.max(ARGV[1] - base, 0)
return redis.call('LRANGE', log, string.format('%.0f', first), string.format('%.0f', first + ARGV[2] - 1))
