-- Keeps some pieces of a blob for longer, and with the last of them its head. A blob that lacks a piece is none: 0.
local head = KEYS[1]
local sha256, life, headLife = unpack(ARGV)
if redis.call('HGET', head, 'd') ~= sha256 then
  return 0
end
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 0 then
    redis.call('DEL', head)
    return 0
  end
end
for i = 2, #KEYS do
  redis.call('PEXPIRE', KEYS[i], life)
end
if headLife ~= '0' then
  redis.call('PEXPIRE', head, headLife)
end
return 1
