-- Removes a blob, or a part of it with its head.
for i = 1, #KEYS do
  redis.call('DEL', KEYS[i])
end
return 1
