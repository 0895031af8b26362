-- Whether a blob is there whole: 0 no, 1 yes, 2 yes, but it should be kept for longer.
local sha256, length, least = unpack(ARGV)
local values = redis.call('HMGET', KEYS[1], 'len', 'd')
if values[1] ~= length or values[2] ~= sha256 then
  return 0
end
return redis.call('PTTL', KEYS[1]) < tonumber(least) and 2 or 1
