-- Lists a run in its fleet, and forgets a few that are long over.
--#include clock
local listed, order = KEYS[1], KEYS[2]
local run, until_, listing = unpack(ARGV)
redis.call('HSET', listed, run, listing)
redis.call('ZADD', order, until_, run)
local old = redis.call('ZRANGEBYSCORE', order, '-inf', int(now), 'LIMIT', '0', '16')
for i = 1, #old do
  redis.call('ZREM', order, old[i])
  redis.call('HDEL', listed, old[i])
end
return 1
