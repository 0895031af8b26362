-- Stores one piece of a payload, in order; a copy of it is passed over. 0 when an earlier piece is missing.
local payload = KEYS[1]
local index, ttl, piece = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local stored = redis.call('LLEN', payload)
if stored < index then
  return 0
end
if stored == index then
  redis.call('RPUSH', payload, piece)
end
redis.call('PEXPIRE', payload, ttl)
return 1
