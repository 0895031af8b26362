-- Keeps placements off hosts, and tells the pools that hold them.
--#include clock
--#include fields
--#include hosts
--#include leases
local meta, state, leases, leasex, suspended = unpack(KEYS)
local within, wish, bell = unpack(ARGV, 1, 3)
local names = arguments(4)
local lease_value = unlapsed(leases, leasex)
local states, changes, pools = fetch(state, names), {}, {}
for i = 1, #names do
  local letter, _, lease = read_host(states[i] or '')
  if letter and letter ~= 'I' and lease_value(lease) then
    pools[select(5, read_lease(lease_value(lease)))] = true
  end
  changes[#changes + 1] = names[i]
  changes[#changes + 1] = int(now) .. '|' .. (within == '' and '' or int(now + within)) .. '|' .. wish
end
redis.call('HLEN', suspended)

put(suspended, changes)
ring(bell, pools)
return 1
