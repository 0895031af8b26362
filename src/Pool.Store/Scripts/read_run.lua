-- A run as it stands: its fields, its manifest and how long it is kept; nil when it is not there.
local run, manifest = unpack(KEYS)
if not redis.call('HGET', run, 'v') then
  return false
end
return { redis.call('HGETALL', run), redis.call('GET', manifest) or '', redis.call('PTTL', run) }
