-- Keeps an agent alive, takes its hosts' fences, and tells what its hosts are leased for.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, state, agents, beats, leases, leasex, leasen = unpack(KEYS)
local agent, incarnation, life, bell = unpack(ARGV, 1, 4)
local known = redis.call('HGET', agents, agent)
if known ~= incarnation then
  return { known and 'S' or 'U' }
end

local names, fences = {}, {}
for i = 5, #ARGV do
  local host, rest = string.match(ARGV[i], '^([^|]*)|(.*)$')
  names[#names + 1] = host
  fences[#fences + 1] = rest
end

-- The lease's own pool is told whenever a host of it is accepted or lost.
local lease_value = unlapsed(leases, leasex)
local pools = {}
local function tell(lease)
  pools[select(5, read_lease(lease_value(lease)))] = true
end

local function step(letter, epoch, lease, f_epoch, f_lease, f_held)
  local exactly = f_held == '1' and f_lease == lease and f_epoch == epoch
  if letter == 'I' and f_held == '1' then
    -- The store lost data, and the agent still holds what we know nothing of: it must let go of it first.
    return 'R', f_epoch, f_lease
  end
  if letter == 'G' and exactly and lease_value(lease) then
    letter = 'H'
    tell(lease)
  end
  if (letter == 'G' or letter == 'H') and not lease_value(lease) then
    letter = 'R'
  end
  -- A fence at or above the lease's epoch that does not hold it never will. A lower one under a lease that was accepted
  -- is an old heartbeat that comes late.
  if (letter == 'G' or letter == 'H') and not exactly and tonumber(f_epoch) >= tonumber(epoch) then
    letter = 'L'
    tell(lease)
  end
  if letter == 'L' and not lease_value(lease) then
    letter = 'R'
  end
  if letter == 'R' and f_held == '0' then
    return 'I', '0', ''
  end
  return letter, epoch, lease
end

local changes, assignments, wanted = {}, {}, {}
local states = fetch(state, names)
for i = 1, #names do
  local letter, epoch, lease, fence, owner = read_host(states[i] or '')
  if states[i] and not letter then
    return damaged(state, names[i])
  end
  if owner ~= agent then
    return { 'U' }
  end
  local f_epoch, f_lease, f_held = string.match(fences[i], '^(%d+)|([^|]*)|([01])$')
  letter, epoch, lease = step(letter, epoch, lease, f_epoch, f_lease, f_held)
  if tonumber(f_epoch) < tonumber(fence) then
    f_epoch = fence
  end
  local value = write_host(letter, epoch, lease, f_epoch, agent)
  if value ~= states[i] then
    changes[#changes + 1] = names[i]
    changes[#changes + 1] = value
  end
  if letter ~= 'I' then
    assignments[#assignments + 1] = names[i] .. '|' .. letter .. '|' .. epoch .. '|' .. lease
    wanted[lease] = true
  end
end

local found = {}
for id in pairs(wanted) do
  local value = lease_value(id)
  if value then
    local left = redis.call('ZSCORE', leasex, id) - now
    found[#found + 1] = { id, value, redis.call('HGET', leasen, id) or '0', int(left) }
  end
end
redis.call('ZADD', beats, int(now + life), agent)
put(state, changes)
ring(bell, pools)
return { 'A', assignments, found }
