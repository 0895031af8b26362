-- Takes a kept pool over whose driver is gone: A adopted, G gone, P its driver is there or another was quicker.
--#include clock
--#include fields
--#include leases
local meta, leases, leasex, leasen, pools, poolx, poola, keeps = unpack(KEYS)
local pool, former, owner, owner_text, ttl = unpack(ARGV, 1, 5)
local ids, grants = {}, {}
for i = 6, #ARGV, 2 do
  ids[#ids + 1] = ARGV[i]
  grants[#grants + 1] = ARGV[i + 1]
end

local record = redis.call('HGET', pools, pool)
local ends = redis.call('ZSCORE', poolx, pool)
local attended = redis.call('ZSCORE', poola, pool)
local holder, created = string.match(record or '', '^([^|]*)|(%d+)|')
if not holder or not ends or tonumber(ends) <= now then
  return 'G'
end
if holder == owner then
  return 'A'
end
if holder ~= former or attended and tonumber(attended) > now or redis.call('HEXISTS', keeps, pool) == 0 then
  return 'P'
end
local values, counts = fetch(leases, ids), fetch(leasen, ids)
local changes, counted = {}, {}
for i = 1, #ids do
  local epoch, generation, _, held_by, _, hosts = read_lease(values[i] or '')
  local lease_ends = redis.call('ZSCORE', leasex, ids[i])
  if held_by == former and lease_ends and tonumber(lease_ends) > now then
    changes[#changes + 1] = ids[i]
    changes[#changes + 1] = table.concat({ epoch, generation, ttl, owner, pool, hosts, grants[i] }, '|')
    counted[#counted + 1] = ids[i]
    counted[#counted + 1] = int((string.match(counts[i] or '', '^%d+$') or 0) + 1)
  end
end

redis.call('HSET', pools, pool, owner .. '|' .. created .. '|' .. owner_text)
redis.call('ZADD', poolx, int(now + ttl), pool)
redis.call('ZADD', poola, int(now + ttl), pool)
-- The wish stays until the new owner's next renewal: it was signed for the former owner, so agents keep nothing for it.
put(leases, changes)
put(leasen, counted)
for i = 1, #changes, 2 do
  redis.call('ZADD', leasex, int(now + ttl), changes[i])
end
return 'A'
