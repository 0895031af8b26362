-- Adds or replaces an agent and its hosts.
-- The same incarnation again changes no state: the call may be a late copy of one that was answered.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, hosts, state, agents, agenth, beats, leases, leasex, machines, health = unpack(KEYS)
local agent, incarnation, life, nonce, bell, capacity, machine, boot = unpack(ARGV, 1, 8)
local names, records, listed, held_by_agent = {}, {}, {}, {}
for i = 9, #ARGV, 3 do
  names[#names + 1] = ARGV[i]
  records[#records + 1] = ARGV[i]
  records[#records + 1] = ARGV[i + 1]
  listed[ARGV[i]] = true
  held_by_agent[#names] = ARGV[i + 2]
end

local generation = redis.call('HGET', meta, 'gen')
local known = redis.call('HGET', agents, agent)
local former = redis.call('HGET', agenth, agent) or ''
local alive = living(beats)
local lease_value = unlapsed(leases, leasex)
redis.call('ZSCORE', beats, agent)
redis.call('HLEN', hosts)
redis.call('HLEN', leases)
redis.call('HLEN', health)

-- A machine has one agent. One of its own boot takes its predecessor's place; a living one of another boot is another machine
-- with the same identity: a copy of a disk.
local other, its_boot = string.match(machine ~= '' and redis.call('HGET', machines, 'm:' .. machine) or '', '^([^|]*)|(.*)$')
if other and alive(other) and (other ~= agent or its_boot ~= boot) then
  return { 'M', other }
end
redis.call('HLEN', machines)

local changes, pools = {}, {}
local states = fetch(state, names)
for i = 1, #names do
  local f_epoch, f_lease, f_held = string.match(held_by_agent[i], '^(%d+)|([^|]*)|([01])$')
  local value = f_held == '1' and write_host('U', f_epoch, f_lease, f_epoch, agent) or write_host('I', '0', '', f_epoch, agent)
  if states[i] then
    local letter, epoch, lease, fence, owner = read_host(states[i])
    if not letter then
      return damaged(state, names[i])
    end
    if owner ~= agent and alive(owner) then
      return { 'C', names[i] }
    end
    local held = letter ~= 'I' and letter ~= 'R' and lease_value(lease)
    if tonumber(fence) > tonumber(f_epoch) then
      f_epoch = fence
    end
    if owner == agent and known == incarnation then
      value = states[i]
    elseif held then
      value = write_host('L', epoch, lease, f_epoch, agent)
      pools[select(5, read_lease(held))] = true
    elseif f_held == '0' then
      value = write_host('I', '0', '', f_epoch, agent)
    end
  end
  changes[#changes + 1] = names[i]
  changes[#changes + 1] = value
end

local candidates, removed = {}, {}
for host in string.gmatch(former, '[^,]+') do
  if not listed[host] then
    candidates[#candidates + 1] = host
  end
end
states = fetch(state, candidates)
for i = 1, #candidates do
  local letter, _, lease, _, owner = read_host(states[i] or '')
  if owner == agent then
    removed[#removed + 1] = candidates[i]
    local held = letter ~= 'I' and letter ~= 'R' and lease_value(lease)
    if held then
      pools[select(5, read_lease(held))] = true
    end
  end
end

if not generation then
  -- An empty store may be a new one or one that lost everything: who is not heard yet may still be there.
  redis.call('HSET', meta, 'gen', nonce, 'v', '1', 'bumped', int(now))
end
redis.call('HSET', agents, agent, incarnation)
if machine ~= '' then
  redis.call('HSET', machines, 'm:' .. machine, agent .. '|' .. boot, 'a:' .. agent, machine)
end
redis.call('HSET', agenth, agent, table.concat(names, ','))
redis.call('ZADD', beats, int(now + life), agent)
drop(hosts, removed)
drop(state, removed)
drop(health, removed)
put(hosts, records)
put(state, changes)
ring(bell, pools)
redis.call('PUBLISH', capacity, 'L')
return { 'R', generation or nonce }
