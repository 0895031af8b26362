-- Reads a run's log from an index on; nil when the run is not there.
if not redis.call('HGET', KEYS[1], 'v') then
  return false
end
return redis.call('LRANGE', KEYS[2], ARGV[1], ARGV[2])
