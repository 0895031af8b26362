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

-- Hosts come in groups with the same fence: that fence, their number, their names.
local names, groups = {}, {}
local at = 5
while ARGV[at] do
  local count = tonumber(ARGV[at + 1])
  groups[#groups + 1] = { fence = ARGV[at], first = #names + 1, last = #names + count }
  for i = 1, count do
    names[#names + 1] = ARGV[at + 1 + i]
  end
  at = at + 2 + count
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

-- What a state and a fence come to: the new state, and the group of hosts it is answered in; nil when it is not ours.
local assignments, wanted = {}, {}
local function settle(value, fence_text)
  local letter, epoch, lease, fence, owner = read_host(value)
  if owner ~= agent then
    return nil, letter
  end
  local f_epoch, f_lease, f_held = string.match(fence_text, '^(%d+)|([^|]*)|([01])$')
  letter, epoch, lease = step(letter, epoch, lease, f_epoch, f_lease, f_held)
  if tonumber(f_epoch) < tonumber(fence) then
    f_epoch = fence
  end
  local group = false
  if letter ~= 'I' then
    group = { letter, epoch, lease }
    assignments[#assignments + 1] = group
    wanted[lease] = true
  end
  return { write_host(letter, epoch, lease, f_epoch, agent), group }
end

-- All hosts of a slice have the same state and fence, so each pair is settled once.
local changes = {}
local states = fetch(state, names)
for _, group in ipairs(groups) do
  local settled = {}
  for i = group.first, group.last do
    local value = states[i] or ''
    local outcome = settled[value]
    if not outcome then
      local known
      outcome, known = settle(value, group.fence)
      if not outcome then
        return (value == '' or known) and { 'U' } or damaged(state, names[i])
      end
      settled[value] = outcome
    end
    if outcome[1] ~= value then
      changes[#changes + 1] = names[i]
      changes[#changes + 1] = outcome[1]
    end
    local members = outcome[2]
    if members then
      members[#members + 1] = names[i]
    end
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
