-- Stores a run, once. Its payload comes along when it is small, else it is there already.
-- 0 when pieces of it are missing, 2 when another run has this id.
local run, payload, log, manifest = unpack(KEYS)
local nonce, ttl, pieces, length, text, piece = unpack(ARGV)
local known = redis.call('HGET', run, 'v')
if known then
  return redis.call('HGET', run, 'sub') == nonce and 1 or 2
end
local stored = redis.call('LLEN', payload)
if piece and stored == 0 then
  redis.call('RPUSH', payload, piece)
  stored = 1
end
if stored ~= tonumber(pieces) then
  return 0
end
redis.call('HSET', run, 'v', '1', 'sub', nonce, 'ttl', ttl, 'n', pieces, 'len', length)
redis.call('PEXPIRE', run, ttl)
redis.call('PEXPIRE', payload, ttl)
if text ~= '' then
  redis.call('SET', manifest, text, 'PX', ttl)
end
return 1
