-- The newest events, oldest first.
return redis.call('LRANGE', KEYS[1], '-' .. ARGV[1], '-1')
