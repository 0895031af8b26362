-- Ends leases: their hosts become reclaiming where they are still theirs. Reads only; the caller writes what comes back:
-- pairs of host and new state, and the agents to ring for.
local function reclaim(state, ids, values)
  local hosts, of = {}, {}
  for i = 1, #ids do
    local listed = values[i] and select(6, read_lease(values[i])) or ''
    for host in string.gmatch(listed, '[^,]+') do
      hosts[#hosts + 1] = host
      of[#of + 1] = ids[i]
    end
  end
  local changes, agents = {}, {}
  local states = fetch(state, hosts)
  for i = 1, #hosts do
    if states[i] then
      local letter, epoch, lease, fence, agent = read_host(states[i])
      if not letter then
        return nil, damaged(state, hosts[i])
      end
      if lease == of[i] and letter ~= 'I' and letter ~= 'R' then
        changes[#changes + 1] = hosts[i]
        changes[#changes + 1] = write_host('R', epoch, lease, fence, agent)
        agents[agent] = true
      end
    end
  end
  return changes, agents
end
