-- Puts announcements into inboxes. The doorbells are rung afterwards, outside: a listener that does not read must not
-- hold up whoever waits for these keys.
local life = ARGV[1]
for i = 1, #KEYS do
  redis.call('LLEN', KEYS[i])
end
for i = 2, #ARGV, 2 do
  local inbox = KEYS[tonumber(ARGV[i])]
  redis.call('RPUSH', inbox, ARGV[i + 1])
  redis.call('PEXPIRE', inbox, life)
end
return 1
