-- Takes runs off their fleet's list.
local listed, order = KEYS[1], KEYS[2]
for i = 1, #ARGV do
  redis.call('HDEL', listed, ARGV[i])
  redis.call('ZREM', order, ARGV[i])
end
return 1
