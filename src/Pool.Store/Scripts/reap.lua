-- Removes what has lapsed, a bounded batch at a time: leases, pools, and agents that are long gone.
--#include clock
--#include fields
--#include hosts
--#include leases
--#include machines
--#include reclaim
--#include room
local meta, hosts, state, agents, agenth, beats, leases, leasex, leasen, pools, poolx, inboxn, poola, keeps, demand, health, load, machines = unpack(KEYS)
local batch, grace, bell = unpack(ARGV)
local function lapsed(key, before)
  return redis.call('ZRANGEBYSCORE', key, '-inf', int(before), 'LIMIT', '0', batch)
end

local ids, names, absent = lapsed(leasex, now), lapsed(poolx, now), lapsed(beats, now - grace)
local changes, rung = reclaim(state, ids, fetch(leases, ids))
if not changes then
  return rung
end
redis.call('HLEN', hosts)
redis.call('HLEN', pools)
redis.call('HLEN', agents)
redis.call('HLEN', leasen)
redis.call('HLEN', inboxn)
redis.call('ZCARD', poola)
redis.call('HLEN', keeps)
redis.call('HLEN', demand)
redis.call('HLEN', health)
redis.call('HLEN', load)
local of_machines = machine_fields(machines, absent)

local candidates, owners, removed = {}, {}, {}
local lists = fetch(agenth, absent)
for i = 1, #absent do
  for host in string.gmatch(lists[i] or '', '[^,]+') do
    candidates[#candidates + 1] = host
    owners[#owners + 1] = absent[i]
  end
end
local states = fetch(state, candidates)
for i = 1, #candidates do
  local owner = select(5, read_host(states[i] or ''))
  if owner == owners[i] then
    removed[#removed + 1] = candidates[i]
  end
end

write_without_room(leasex)
put(state, changes)
drop(leases, ids)
drop(leasen, ids)
drop(pools, names)
drop(keeps, names)
drop(demand, names)
drop(hosts, removed)
drop(state, removed)
drop(agents, absent)
drop(agenth, absent)
drop(inboxn, absent)
drop(health, removed)
drop(load, absent)
drop(machines, of_machines)
for key, members in pairs({ [leasex] = ids, [poolx] = names, [poola] = names, [beats] = absent }) do
  for i = 1, #members do
    redis.call('ZREM', key, members[i])
  end
end
ring(bell, rung)
return #ids + #names + #absent
