-- Marks a run as cancelled: attempts not yet claimed never start.
if redis.call('HGET', KEYS[1], 'v') then
  redis.call('HSET', KEYS[1], 'x', '1')
end
return 1
