-- Keeps an agent alive, takes its hosts' fences, and tells what its hosts are leased for.
--#include clock
--#include fields
--#include hosts
--#include leases
--#include room
local meta, state, agents, beats, leases, leasex, leasen, keeps, suspended, health, loads, hosts = unpack(KEYS)
local agent, incarnation, life, bell, capacity, load, changed = unpack(ARGV, 1, 7)
local known = redis.call('HGET', agents, agent)
if known ~= incarnation then
  return { known and 'S' or 'U', redis.call('HGET', meta, 'gen') or '' }
end
local beat = redis.call('ZSCORE', beats, agent)
local silent = not beat or tonumber(beat) <= now
redis.call('HLEN', health)
redis.call('HLEN', loads)
redis.call('HLEN', keeps)

-- Health of those hosts where it changed: name and text.
local conditions = {}
local at = 8
for _ = 1, tonumber(changed) do
  conditions[#conditions + 1] = ARGV[at]
  conditions[#conditions + 1] = ARGV[at + 1]
  at = at + 2
end

-- A host that was not to be placed on, and is well again, is capacity as much as one that became free.
local changed_hosts = {}
for i = 1, #conditions, 2 do
  changed_hosts[#changed_hosts + 1] = conditions[i]
end
local before, recovered = fetch(health, changed_hosts), false
for i = 1, #changed_hosts do
  local was_bad = before[i] and (string.find(before[i], '"RunnerFailed"', 1, true) or string.find(before[i], '"Preempting"', 1, true))
  local is_well = string.find(conditions[i * 2], '"Ready"', 1, true) or string.find(conditions[i * 2], '"Busy"', 1, true)
  recovered = recovered or was_bad and is_well
end

-- Hosts come in groups with the same fence: that fence, their number, their names.
local names, groups = {}, {}
while ARGV[at] do
  local count = tonumber(ARGV[at + 1])
  groups[#groups + 1] = { fence = ARGV[at], first = #names + 1, last = #names + count }
  for i = 1, count do
    names[#names + 1] = ARGV[at + 1 + i]
  end
  at = at + 2 + count
end

-- Somebody deleted registrations, perhaps ours: then we register again.
if redis.call('HLEN', hosts) ~= redis.call('HLEN', state) then
  for i = 1, #names do
    if redis.call('HEXISTS', hosts, names[i]) == 0 then
      return { 'U', redis.call('HGET', meta, 'gen') or '' }
    end
  end
end

-- The lease's own pool is told whenever a host of it is accepted or lost.
local lease_value = unlapsed(leases, leasex)
local pools = {}
local function tell(lease)
  pools[select(5, read_lease(lease_value(lease)))] = true
end

local function step(letter, epoch, lease, fence, overdue, f_epoch, f_lease, f_held)
  local exactly = f_held == '1' and f_lease == lease and f_epoch == epoch
  local known = letter == 'I' and fence or epoch
  local other = letter ~= 'I' and f_epoch == epoch and f_lease ~= lease
  if f_held == '1' and (tonumber(f_epoch) > tonumber(known) or other) then
    -- The store lost data: the agent holds a later lease than any it was seen with. Its owner may reassert it.
    return 'U', f_epoch, f_lease
  end
  -- Only a fence as high as the lease's epoch attests that it has ended: a lower one may be an old heartbeat that comes late, from
  -- before the agent accepted it. An agent that never accepted raises its fence when it reads that the host is reclaimed.
  local ended = f_held == '0' and tonumber(f_epoch) >= tonumber(epoch)
  if letter == 'U' and ended then
    letter = 'R'
  end
  if overdue and letter ~= 'I' then
    -- Suspended, and the time its holder had to leave is over.
    if (letter == 'G' or letter == 'H') and lease_value(lease) then
      tell(lease)
    end
    letter = 'R'
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
  if letter == 'R' and ended then
    return 'I', '0', ''
  end
  return letter, epoch, lease
end

-- What a state and a fence come to: the new state, and the group of hosts it is answered in; nil when it is not ours.
local assignments, wanted = {}, {}
local function settle(value, fence_text, overdue)
  local letter, epoch, lease, fence, owner = read_host(value)
  if owner ~= agent then
    return nil, letter
  end
  local f_epoch, f_lease, f_held = string.match(fence_text, '^(%d+)|([^|]*)|([01])$')
  letter, epoch, lease = step(letter, epoch, lease, fence, overdue, f_epoch, f_lease, f_held)
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
local changes, freed = {}, false
local states = fetch(state, names)
local kept_off = redis.call('HLEN', suspended) > 0 and fetch(suspended, names) or {}
for _, group in ipairs(groups) do
  local settled = {}
  for i = group.first, group.last do
    local value = states[i] or ''
    local overdue = (suspended_until(kept_off[i]) or now) < now
    local case = overdue and 'overdue ' .. value or value
    local outcome = settled[case]
    if not outcome then
      local known
      outcome, known = settle(value, group.fence, overdue)
      if not outcome then
        return (value == '' or known) and { 'U', redis.call('HGET', meta, 'gen') or '' } or damaged(state, names[i])
      end
      settled[case] = outcome
    end
    if outcome[1] ~= value then
      freed = freed or not outcome[2]
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
    local keep = redis.call('HGET', keeps, (select(5, read_lease(value))))
    found[#found + 1] = { id, value, redis.call('HGET', leasen, id) or '0', int(left), keep or '' }
  end
end
write_without_room(beats)
redis.call('ZADD', beats, int(now + life), agent)
put(state, changes)
put(health, conditions)
if load ~= '' then
  redis.call('HSET', loads, agent, load)
end
ring(bell, pools)
if freed or silent or recovered then
  redis.call('PUBLISH', capacity, 'L')
end
return { 'A', assignments, found }
