-- Stores a run, once. Its payload comes along when it is small, else it is there already. 0 when pieces of it are missing.
local run, payload = KEYS[1], KEYS[2]
local ttl, pieces, length, piece = unpack(ARGV)
if redis.call('HGET', run, 'v') then
  return 1
end
local stored = redis.call('LLEN', payload)
if piece and stored == 0 then
  redis.call('RPUSH', payload, piece)
  stored = 1
end
if stored ~= tonumber(pieces) then
  return 0
end
redis.call('HSET', run, 'v', '1', 'ttl', ttl, 'n', pieces, 'len', length)
redis.call('PEXPIRE', run, ttl)
redis.call('PEXPIRE', payload, ttl)
return 1
