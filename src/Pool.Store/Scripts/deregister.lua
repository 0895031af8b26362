-- Removes an agent and its hosts, unless a newer incarnation has taken its place.
--#include clock
--#include fields
--#include hosts
--#include leases
--#include machines
local meta, hosts, state, agents, agenth, beats, leases, leasex, inboxn, inbox, health, load, machines = unpack(KEYS)
local agent, incarnation, bell = unpack(ARGV)
if redis.call('HGET', agents, agent) ~= incarnation then
  return 0
end

local lease_value = unlapsed(leases, leasex)
local candidates, removed, pools = {}, {}, {}
for host in string.gmatch(redis.call('HGET', agenth, agent) or '', '[^,]+') do
  candidates[#candidates + 1] = host
end
local states = fetch(state, candidates)
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
redis.call('HLEN', hosts)
redis.call('HLEN', inboxn)
redis.call('ZSCORE', beats, agent)
redis.call('LLEN', inbox)
redis.call('HLEN', health)
redis.call('HLEN', load)
local of_machines = machine_fields(machines, { agent })

drop(hosts, removed)
drop(state, removed)
redis.call('HDEL', agents, agent)
redis.call('HDEL', agenth, agent)
redis.call('ZREM', beats, agent)
redis.call('HDEL', inboxn, agent)
redis.call('DEL', inbox)
drop(health, removed)
redis.call('HDEL', load, agent)
drop(machines, of_machines)
ring(bell, pools)
return 1
