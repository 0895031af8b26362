-- Notes events: the newest so many are kept, for so long.
--#include clock
local events = KEYS[1]
local most, life = unpack(ARGV, 1, 2)
for i = 3, #ARGV do
  redis.call('RPUSH', events, int(now) .. '|' .. ARGV[i])
end
redis.call('LTRIM', events, int(-most), '-1')
for _ = 1, 100 do
  local oldest = redis.call('LINDEX', events, '0')
  if not oldest or tonumber(string.match(oldest, '^(%d+)|') or '0') > now - life then
    break
  end
  redis.call('LPOP', events)
end
redis.call('PEXPIRE', events, life)
return 1
