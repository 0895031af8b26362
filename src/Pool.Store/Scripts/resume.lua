-- Allows placements on hosts again, and tells who waits for capacity. How many of them were suspended.
local meta, suspended = KEYS[1], KEYS[2]
local capacity, resumed = ARGV[1], 0
for i = 2, #ARGV do
  resumed = resumed + redis.call('HDEL', suspended, ARGV[i])
end
redis.call('PUBLISH', capacity, 'L')
return resumed
