-- Takes announcements, oldest first. What was taken stays until the next call says that it arrived: so neither a lost
-- answer nor a copy of this call that comes late loses any. Positions start at the clock, so that those of an inbox that
-- was lost are never taken for those of its successor.
--#include clock
local inbox, inboxn = KEYS[1], KEYS[2]
local agent, limit, from, taken = unpack(ARGV)
local length = redis.call('LLEN', inbox)
local head = redis.call('HGET', inboxn, agent)
if length == 0 then
  if head then
    redis.call('HDEL', inboxn, agent)
  end
  return { '', {} }
end

if head and head == from then
  redis.call('LTRIM', inbox, taken, '-1')
  head = int(head + taken)
  if tonumber(taken) >= length then
    redis.call('HDEL', inboxn, agent)
    return { '', {} }
  end
  redis.call('HSET', inboxn, agent, head)
elseif not head then
  head = int(now)
  -- Taking makes room, also where memory is at its limit: see room.
  redis.call('HDEL', inboxn, '')
  redis.call('HSET', inboxn, agent, head)
end
return { head, redis.call('LRANGE', inbox, '0', int(limit - 1)) }
