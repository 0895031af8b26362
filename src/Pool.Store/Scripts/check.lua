-- What the server says of itself. That a script can ask for it shows that scripts run here.
return redis.call('INFO', 'server')
