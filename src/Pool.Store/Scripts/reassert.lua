-- Puts a lease back that the store has lost and whose hosts hold it still: C confirmed, W a host has yet to say what it holds,
-- F a host does not hold it, P the pool belongs to another. The same lease id again gets the same answer.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, state, beats, leases, leasex, leasen, pools, poolx, poola = unpack(KEYS)
local id, epoch, generation, ttl, pool, owner, owner_text, nonce, grant = unpack(ARGV, 1, 9)
local names = arguments(10)

local existing = redis.call('HGET', leases, id)
if existing then
  local ends = redis.call('ZSCORE', leasex, id)
  if select(4, read_lease(existing)) == owner and ends and tonumber(ends) > now then
    return { 'C', '' }
  end
  return { 'F', names[1] }
end
local record = redis.call('HGET', pools, pool)
local expiry = redis.call('ZSCORE', poolx, pool)
local holder, created = string.match(record or '', '^([^|]*)|(%d+)|')
if holder and holder ~= owner and expiry and tonumber(expiry) > now then
  return { 'P', string.match(record, '^[^|]*|%d+|(.*)$') }
end

local alive = living(beats)
local states, agents, waiting = fetch(state, names), {}, nil
for i = 1, #names do
  local letter, its_epoch, lease, fence, agent = read_host(states[i] or '')
  if states[i] and not letter then
    return damaged(state, names[i])
  end
  if letter == 'U' and lease == id and its_epoch == epoch then
    agents[i] = agent
    if not alive(agent) then
      waiting = names[i]
    end
  elseif not letter or not alive(agent) or letter ~= 'U' and tonumber(fence) < tonumber(epoch) and tonumber(its_epoch) < tonumber(epoch) then
    -- Its agent has not been heard since: what the store says of it is as old as the store.
    waiting = names[i]
  else
    return { 'F', names[i] }
  end
end
if waiting then
  return { 'W', waiting }
end
redis.call('ZSCORE', leasex, id)
redis.call('HGET', leasen, id)
redis.call('ZSCORE', poola, pool)

local changes = {}
for i = 1, #names do
  changes[#changes + 1] = names[i]
  changes[#changes + 1] = write_host('H', epoch, id, epoch, agents[i])
end
local counter = tonumber(string.match(redis.call('HGET', meta, 'epoch') or '0', '^%d+$') or '0')
redis.call('HSET', meta, 'gen', redis.call('HGET', meta, 'gen') or nonce, 'v', '1', 'epoch', int(math.max(counter, tonumber(epoch))))
redis.call('HSET', leases, id, table.concat({ epoch, generation, ttl, owner, pool, table.concat(names, ','), grant }, '|'))
redis.call('ZADD', leasex, int(now + ttl), id)
-- The agents last saw the counter of the lost lease, which this must not equal: the clock is higher than any count.
redis.call('HSET', leasen, id, int(now))
put(state, changes)
if holder ~= owner then
  created = int(now)
end
redis.call('HSET', pools, pool, owner .. '|' .. created .. '|' .. owner_text)
redis.call('ZADD', poolx, int(now + ttl), pool)
redis.call('ZADD', poola, int(now + ttl), pool)
return { 'C', '' }
