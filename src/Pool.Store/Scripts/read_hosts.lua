-- How some hosts stand now, those in the same state together: its letter, its lease, whether the agent is alive, then the hosts.
--#include clock
--#include fields
--#include hosts
local meta, state, beats = unpack(KEYS)
local alive = living(beats)
local states = fetch(state, ARGV)
local groups, known = {}, {}
for i = 1, #ARGV do
  local value = states[i]
  local group = value and known[value]
  if value and not group then
    local letter, _, lease, _, agent = read_host(value)
    if not letter then
      return damaged(state, ARGV[i])
    end
    group = { letter, lease, alive(agent) and '1' or '0' }
    known[value] = group
    groups[#groups + 1] = group
  end
  if group then
    group[#group + 1] = ARGV[i]
  end
end
return groups
