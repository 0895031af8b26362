-- Replaces a run's manifest, because attempts of it go elsewhere. 0 when the run is not there.
local run, manifest = unpack(KEYS)
local ttl = redis.call('HGET', run, 'ttl')
if not ttl then
  return 0
end
redis.call('SET', manifest, ARGV[1], 'PX', ttl)
return 1
