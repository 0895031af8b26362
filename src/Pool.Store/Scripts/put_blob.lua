-- Stores the next piece of a blob, and tells how many are there. One that does not continue what is there ends that:
-- somebody stored other content under this name, and it must never become a whole.
local head, piece = KEYS[1], KEYS[2]
local length, index, following, before, after, life, halfLife, wholeLife, bytes = unpack(ARGV)
local values = redis.call('HMGET', head, 'len', 'n', 'd')
local stored = 0
if values[1] == length and values[2] and string.match(values[2], '^%d+$') then
  stored = tonumber(values[2])
end
if stored ~= tonumber(index) then
  return stored
end
if stored > 0 and values[3] ~= before then
  redis.call('DEL', head)
  return 0
end

redis.call('SET', piece, bytes, 'PX', life)
if stored == 0 then
  redis.call('DEL', head)
end
redis.call('HSET', head, 'v', '1', 'len', length, 'n', following, 'd', after)
if stored == 0 then
  redis.call('PEXPIRE', head, halfLife)
end
if wholeLife ~= '0' then
  redis.call('PEXPIRE', head, wholeLife)
end
return stored + 1
