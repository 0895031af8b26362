-- The server's clock in whole Unix milliseconds: the only one that every client agrees on.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)

-- Lua 5.1 would write 1.7e+12, Lua 5.4 might write 3.0.
local function int(x)
  return string.format('%.0f', x)
end
