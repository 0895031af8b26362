-- A host's state: letter, epoch and id of its lease, highest epoch its agent accepted, its agent.
-- Letters: I idle, G granted, H held, L lost, R reclaiming.
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

local function ring(channel_prefix, names)
  for name in pairs(names) do
    redis.call('PUBLISH', channel_prefix .. name, 'L')
  end
end
