-- Counts one up, so many times, by reading and writing: on a server that lets others in between, some counts get lost.
for _ = 1, tonumber(ARGV[1]) do
  redis.call('SET', KEYS[1], string.format('%.0f', tonumber(redis.call('GET', KEYS[1]) or '0') + 1))
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
