-- Marks a run as cancelled: attempts not yet claimed never start.
if redis.call('HGET', KEYS[1], 'v') then
  -- Also where memory is at its limit: see room.
  redis.call('HDEL', KEYS[1], '')
  redis.call('HSET', KEYS[1], 'x', '1')
end
return 1
