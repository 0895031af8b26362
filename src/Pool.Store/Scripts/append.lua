-- Appends an entry to a run's log, and ends the attempts it is the end of. The first end of a host is kept.
--#include fields
--#include run
local run, payload, log = unpack(KEYS)
local agent, incarnation, sequence, entry, channel, id, rides, claimed = unpack(ARGV, 1, 8)
local counter = 's:' .. agent .. ':' .. incarnation
local fields = { 'v', 'ttl', counter }
local fixed = #fields
for i = 9, #ARGV do
  fields[#fields + 1] = 'c:' .. ARGV[i]
  fields[#fields + 1] = 'o:' .. ARGV[i]
end
local values = fetch(run, fields)
if not values[1] then
  return 'G'
end
if claimed == '1' and not values[3] then
  return 'F'
end
local last = tonumber(values[3] or '0')
if tonumber(sequence) <= last then
  return 'D'
end
if tonumber(sequence) > last + 1 then
  return 'O'
end
for i = fixed + 1, #fields, 2 do
  local holder = values[i] and string.match(values[i], '^(.*)|%d+$')
  if values[i + 1] or holder and holder ~= incarnation then
    return 'F'
  end
end

local index = redis.call('RPUSH', log, entry) - 1
local changes = { counter, sequence }
for i = fixed + 1, #fields, 2 do
  changes[#changes + 1] = fields[i + 1]
  changes[#changes + 1] = incarnation
end
put(run, changes)
local ttl = tonumber(values[2])
if index == 0 then
  redis.call('PEXPIRE', log, values[2])
end
keep(ttl, { run, payload, log })

-- The index as 8 bytes, big-endian; one of the two servers packs '>I8' wrongly.
local bytes, rest = '', index
for _ = 1, 8 do
  bytes = string.char(rest % 256) .. bytes
  rest = math.floor(rest / 256)
end
redis.call('PUBLISH', channel, id .. bytes .. (rides == '1' and entry or ''))
return 'A'
