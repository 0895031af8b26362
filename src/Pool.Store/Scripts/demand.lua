-- Says what a pool is asking for, or that it asks no more. Since when stays while the same owner asks.
--#include clock
local meta, pools, demand = unpack(KEYS)
local pool, owner, wish = unpack(ARGV)
local holder = string.match(redis.call('HGET', pools, pool) or '', '^([^|]*)|')
local since, asker = string.match(redis.call('HGET', demand, pool) or '', '^(%d+)|([^|]*)|')
if wish == '' then
  return asker == owner and redis.call('HDEL', demand, pool) or 0
end
if holder ~= owner then
  return 0
end
redis.call('HSET', demand, pool, (asker == owner and since or int(now)) .. '|' .. owner .. '|' .. wish)
return 1
