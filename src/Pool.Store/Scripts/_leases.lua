-- A lease: epoch, store generation, time to live, owner, pool, its hosts, and what was asked for.
local function read_lease(value)
  return string.match(value, '^(%d+)|([^|]*)|(%d+)|([^|]*)|([^|]*)|([^|]*)|')
end

-- The value of a lease that has not lapsed, else false; each is asked for once. One that cannot be read is no lease.
local function unlapsed(leases, leasex)
  local known = {}
  return function(id)
    if known[id] == nil then
      local expiry = redis.call('ZSCORE', leasex, id)
      local value = expiry ~= false and tonumber(expiry) > now and redis.call('HGET', leases, id)
      known[id] = value and read_lease(value) and value or false
    end
    return known[id]
  end
end
