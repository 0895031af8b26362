-- An agent's renewal of a kept pool's lease, unless somebody else was quicker. Neither makes a pool nor says that its driver is there.
--#include clock
--#include leases
--#include room
local meta, leases, leasex, leasen, pools, poolx = unpack(KEYS)
local pool, owner, id, seen, ttl = unpack(ARGV)
local value = redis.call('HGET', leases, id)
local ends = redis.call('ZSCORE', leasex, id)
local count = redis.call('HGET', leasen, id) or '0'
local holder = string.match(redis.call('HGET', pools, pool) or '', '^([^|]*)|')
local pool_ends = redis.call('ZSCORE', poolx, pool)
if not value or select(4, read_lease(value)) ~= owner or holder ~= owner
  or not ends or tonumber(ends) <= now or not pool_ends or tonumber(pool_ends) <= now or count ~= seen then
  return 0
end

write_without_room(leasex)
redis.call('ZADD', leasex, int(now + ttl), id)
redis.call('ZADD', poolx, int(math.max(now + ttl, tonumber(pool_ends))), pool)
redis.call('HSET', leasen, id, int(count + 1))
return 1
