-- Adds or replaces an agent and its hosts.
-- The same incarnation again changes no state: the call may be a late copy of one that was answered.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, hosts, state, agents, agenth, beats, leases, leasex = unpack(KEYS)
local agent, incarnation, life, nonce, bell = unpack(ARGV, 1, 5)
local names, records, listed = {}, {}, {}
for i = 6, #ARGV, 2 do
  names[#names + 1] = ARGV[i]
  records[#records + 1] = ARGV[i]
  records[#records + 1] = ARGV[i + 1]
  listed[ARGV[i]] = true
end

local generation = redis.call('HGET', meta, 'gen')
local known = redis.call('HGET', agents, agent)
local former = redis.call('HGET', agenth, agent) or ''
local alive = living(beats)
local lease_value = unlapsed(leases, leasex)
redis.call('ZSCORE', beats, agent)
redis.call('HLEN', hosts)
redis.call('HLEN', leases)

local changes, pools = {}, {}
local states = fetch(state, names)
for i = 1, #names do
  local value = write_host('I', '0', '', '0', agent)
  if states[i] then
    local letter, epoch, lease, fence, owner = read_host(states[i])
    if not letter then
      return damaged(state, names[i])
    end
    if owner ~= agent and alive(owner) then
      return { 'C', names[i] }
    end
    local held = letter ~= 'I' and letter ~= 'R' and lease_value(lease)
    if owner == agent and known == incarnation then
      value = states[i]
    elseif held then
      value = write_host('L', epoch, lease, fence, agent)
      pools[select(5, read_lease(held))] = true
    else
      value = write_host('I', '0', '', fence, agent)
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
  redis.call('HSET', meta, 'gen', nonce, 'v', '1')
end
redis.call('HSET', agents, agent, incarnation)
redis.call('HSET', agenth, agent, table.concat(names, ','))
redis.call('ZADD', beats, int(now + life), agent)
drop(hosts, removed)
drop(state, removed)
put(hosts, records)
put(state, changes)
ring(bell, pools)
return { 'R' }
