-- Reads a piece of a blob that is there whole; nil of any other. One that lacks a piece is forgotten.
local head, piece = KEYS[1], KEYS[2]
local sha256, length = unpack(ARGV)
local values = redis.call('HMGET', head, 'len', 'd')
if values[1] ~= length or values[2] ~= sha256 then
  return false
end
local bytes = redis.call('GET', piece)
if not bytes then
  redis.call('DEL', head)
  return false
end
return bytes
