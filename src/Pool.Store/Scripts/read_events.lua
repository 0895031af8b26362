-- The newest events, oldest first, without those that have outlived their time since the last was noted.
--#include clock
local kept = {}
for _, event in ipairs(redis.call('LRANGE', KEYS[1], '-' .. ARGV[1], '-1')) do
  local time = string.match(event, '^(%d+)|')
  if not time or tonumber(time) > now - ARGV[2] then
    kept[#kept + 1] = event
  end
end
return kept
