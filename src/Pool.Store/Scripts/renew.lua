-- Extends a pool and its leases; makes the pool where there is none, or where its owner let it lapse.
--#include clock
--#include fields
--#include leases
--#include room
local meta, leases, leasex, leasen, pools, poolx, poola, keeps = unpack(KEYS)
local pool, owner, owner_text, ttl, nonce, attended, keep = unpack(ARGV, 1, 7)
local ids = arguments(8)

local record = redis.call('HGET', pools, pool)
local expiry = redis.call('ZSCORE', poolx, pool)
local holder, created = string.match(record or '', '^([^|]*)|(%d+)|')
if holder and holder ~= owner and expiry and tonumber(expiry) > now then
  return { 0 }
end

redis.call('ZSCORE', poola, pool)
local kept = redis.call('HGET', keeps, pool)
local generation = redis.call('HGET', meta, 'gen')
local values, counts = fetch(leases, ids), fetch(leasen, ids)
local renewed, counted = { 1 }, {}
for i = 1, #ids do
  local held_by = values[i] and select(4, read_lease(values[i]))
  local ends = values[i] and redis.call('ZSCORE', leasex, ids[i])
  if held_by == owner and ends and tonumber(ends) > now then
    renewed[#renewed + 1] = ids[i]
    counted[#counted + 1] = ids[i]
    counted[#counted + 1] = int((string.match(counts[i] or '', '^%d+$') or 0) + 1)
  end
end

write_without_room(leasex)
if not generation then
  redis.call('HSET', meta, 'gen', nonce, 'v', '1', 'bumped', int(now))
end
if holder ~= owner then
  redis.call('HSET', pools, pool, owner .. '|' .. int(now) .. '|' .. owner_text)
end
redis.call('ZADD', poolx, int(now + ttl), pool)
-- A driver that lets go of a kept pool is absent from now on: another may take the pool over.
redis.call('ZADD', poola, int(attended == '1' and now + ttl or now), pool)
if keep ~= '' then
  redis.call('HSET', keeps, pool, keep)
elseif kept then
  redis.call('HDEL', keeps, pool)
end
put(leasen, counted)
for i = 2, #renewed do
  redis.call('ZADD', leasex, int(now + ttl), renewed[i])
end
return renewed
