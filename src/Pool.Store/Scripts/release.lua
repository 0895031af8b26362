-- Gives leases back. Leases that are gone, or not the owner's, are passed over.
--#include clock
--#include fields
--#include hosts
--#include leases
--#include reclaim
--#include room
local meta, state, leases, leasex, leasen, pools, poolx, poola, keeps, demand = unpack(KEYS)
local pool, owner, forget, bell = unpack(ARGV, 1, 4)
local asked = arguments(5)

local ids, values = {}, {}
local found = fetch(leases, asked)
for i = 1, #asked do
  if found[i] and select(4, read_lease(found[i])) == owner then
    ids[#ids + 1] = asked[i]
    values[#values + 1] = found[i]
  end
end
local changes, agents = reclaim(state, ids, values)
if not changes then
  return agents
end
local holder = string.match(redis.call('HGET', pools, pool) or '', '^([^|]*)|')
redis.call('ZSCORE', poolx, pool)
redis.call('ZSCORE', poola, pool)
redis.call('HLEN', keeps)
redis.call('HLEN', demand)
redis.call('ZCARD', leasex)
redis.call('HLEN', leasen)

write_without_room(leasex)
put(state, changes)
drop(leases, ids)
drop(leasen, ids)
for i = 1, #ids do
  redis.call('ZREM', leasex, ids[i])
end
if forget == '1' and holder == owner then
  redis.call('HDEL', pools, pool)
  redis.call('ZREM', poolx, pool)
  redis.call('ZREM', poola, pool)
  redis.call('HDEL', keeps, pool)
  redis.call('HDEL', demand, pool)
end
ring(bell, agents)
return 1
