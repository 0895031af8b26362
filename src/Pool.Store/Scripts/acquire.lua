-- Leases all hosts of one slice, or none. The same lease id again gets the same answer.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, state, beats, leases, leasex, leasen, pools, poolx, poola, suspended = unpack(KEYS)
local id, ttl, pool, owner, owner_text, nonce, grant, bell = unpack(ARGV, 1, 8)
local names = arguments(9)

local existing = redis.call('HGET', leases, id)
if existing then
  local epoch, generation = read_lease(existing)
  return epoch and { 'G', epoch, generation } or damaged(leases, id)
end

local record = redis.call('HGET', pools, pool)
local expiry = redis.call('ZSCORE', poolx, pool)
local holder, created = string.match(record or '', '^([^|]*)|(%d+)|')
if holder and holder ~= owner and expiry and tonumber(expiry) > now then
  return { 'P', string.match(record, '^[^|]*|%d+|(.*)$') }
end

local generation = redis.call('HGET', meta, 'gen') or nonce
local counter = redis.call('HGET', meta, 'epoch') or '0'
-- A counter that was lost or spoilt is made good by the fences.
local epoch = tonumber(string.match(counter, '^%d+$') or '0')
local alive = living(beats)
local states, fences, agents = fetch(state, names), {}, {}
local kept_off = redis.call('HLEN', suspended) > 0 and fetch(suspended, names) or {}
for i = 1, #names do
  local letter, _, _, fence, agent = read_host(states[i] or '')
  if states[i] and not letter then
    return damaged(state, names[i])
  end
  if letter ~= 'I' or not alive(agent) or suspended_until(kept_off[i]) then
    return { 'C', names[i] }
  end
  epoch = math.max(epoch, tonumber(fence))
  fences[i] = fence
  agents[i] = agent
end
-- Beyond 2^52 numbers of Lua 5.1 lose units, and two leases could get the same epoch.
if epoch >= 4503599627370496 then
  return damaged(meta, 'epoch')
end
redis.call('ZSCORE', leasex, id)
redis.call('HGET', leasen, id)
redis.call('ZSCORE', poola, pool)

local token, rung, changes = int(epoch + 1), {}, {}
for i = 1, #names do
  changes[#changes + 1] = names[i]
  changes[#changes + 1] = write_host('G', token, id, fences[i], agents[i])
  rung[agents[i]] = true
end
redis.call('HSET', meta, 'gen', generation, 'v', '1', 'epoch', token)
redis.call('HSET', leases, id,
  table.concat({ token, generation, ttl, owner, pool, table.concat(names, ','), grant }, '|'))
redis.call('ZADD', leasex, int(now + ttl), id)
redis.call('HSET', leasen, id, '0')
put(state, changes)
if holder ~= owner then
  created = int(now)
end
redis.call('HSET', pools, pool, owner .. '|' .. created .. '|' .. owner_text)
redis.call('ZADD', poolx, int(now + ttl), pool)
redis.call('ZADD', poola, int(now + ttl), pool)
ring(bell, rung)
return { 'G', token, generation }
