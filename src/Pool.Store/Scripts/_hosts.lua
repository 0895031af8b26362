-- A host's state: letter, epoch and id of its lease, highest epoch its agent accepted, its agent.
-- Letters: I idle, G granted, H held, L lost, R reclaiming, U unconfirmed: held under a lease that the store has lost.
local function read_host(value)
  return string.match(value, '^(%u)|(%d+)|([^|]*)|(%d+)|([^|]*)$')
end

local function write_host(letter, epoch, lease, fence, agent)
  return letter .. '|' .. epoch .. '|' .. lease .. '|' .. fence .. '|' .. agent
end

-- Which agents are alive; each is asked for once.
local function living(beats)
  local known = {}
  return function(agent)
    if known[agent] == nil then
      local expiry = redis.call('ZSCORE', beats, agent)
      known[agent] = expiry ~= false and tonumber(expiry) > now
    end
    return known[agent]
  end
end

-- Until when holders of a suspended host may stay: nothing when it is not suspended, infinity when they may stay.
local function suspended_until(value)
  local deadline = value and string.match(value, '^%d+|(%d*)|')
  return deadline and (deadline == '' and math.huge or tonumber(deadline))
end

local function ring(channel_prefix, names)
  for name in pairs(names) do
    redis.call('PUBLISH', channel_prefix .. name, 'L')
  end
end
