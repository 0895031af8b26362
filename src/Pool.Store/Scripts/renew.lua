-- Extends a pool and its leases; makes the pool where there is none, or where its owner let it lapse.
--#include clock
--#include fields
--#include leases
local meta, leases, leasex, leasen, pools, poolx = unpack(KEYS)
local pool, owner, owner_text, ttl, nonce = unpack(ARGV, 1, 5)
local ids = arguments(6)

local record = redis.call('HGET', pools, pool)
local expiry = redis.call('ZSCORE', poolx, pool)
local holder, created = string.match(record or '', '^([^|]*)|(%d+)|')
if holder and holder ~= owner and expiry and tonumber(expiry) > now then
  return { 0 }
end

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

if not generation then
  redis.call('HSET', meta, 'gen', nonce, 'v', '1')
end
if holder ~= owner then
  redis.call('HSET', pools, pool, owner .. '|' .. int(now) .. '|' .. owner_text)
end
redis.call('ZADD', poolx, int(now + ttl), pool)
put(leasen, counted)
for i = 2, #renewed do
  redis.call('ZADD', leasex, int(now + ttl), renewed[i])
end
return renewed
