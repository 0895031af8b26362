-- Whether a run was told to stop.
return redis.call('HEXISTS', KEYS[1], 'x')
