-- Everything of a run was received.
return redis.call('DEL', unpack(KEYS))
