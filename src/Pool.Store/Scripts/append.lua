-- Appends an entry to a run's log, and ends the attempts it is the end of. The first end of an attempt is kept.
-- A chunk (c) is taken from who claimed something; an end (e) from who holds the claim, or where nobody does; a judgement (j)
-- of the driver wherever there is no end yet, or only that of an earlier attempt. None counts once a later attempt was taken.
--#include fields
--#include run
local run, payload, log, manifest = unpack(KEYS)
local writer, incarnation, sequence, entry, channel, id, rides, mode = unpack(ARGV, 1, 8)
local counter = 's:' .. writer .. ':' .. incarnation
local fields = { 'v', 'ttl', 'base', 'done', 'good', counter }
local fixed = #fields
for i = 9, #ARGV, 2 do
  fields[#fields + 1] = 'c:' .. ARGV[i]
  fields[#fields + 1] = 'o:' .. ARGV[i]
end
local values = fetch(run, fields)
if not values[1] then
  return 'G'
end
if mode == 'c' and not values[fixed] then
  return 'F'
end
local last = tonumber(values[fixed] or '0')
if tonumber(sequence) <= last then
  return 'D'
end
if tonumber(sequence) > last + 1 then
  return 'O'
end
for i = fixed + 1, #fields, 2 do
  local holder, attempt
  if values[i] then
    holder, attempt = string.match(values[i], '^(.*)|(%d+)$')
  end
  local ended = tonumber(string.match(ARGV[8 + i - fixed + 1], '^(%d+)|'))
  local before = values[i + 1] and tonumber(string.match(values[i + 1], '|(%d+)|'))
  if before and (mode ~= 'j' or before >= ended) or mode ~= 'j' and holder and holder ~= incarnation or attempt and tonumber(attempt) > ended then
    return 'F'
  end
end

local length = redis.call('RPUSH', log, entry)
local changes = { counter, sequence }
local done, good = tonumber(values[4] or '0'), tonumber(values[5] or '0')
for i = fixed + 1, #fields, 2 do
  local how = ARGV[8 + i - fixed + 1]
  changes[#changes + 1] = fields[i + 1]
  changes[#changes + 1] = incarnation .. '|' .. how
  done = done + (values[i + 1] and 0 or 1)
  good = good + (string.match(how, '|Succeeded$') and 1 or 0) - (values[i + 1] and string.match(values[i + 1], '|Succeeded$') and 1 or 0)
end
if #fields > fixed then
  changes[#changes + 1] = 'done'
  changes[#changes + 1] = string.format('%.0f', done)
  changes[#changes + 1] = 'good'
  changes[#changes + 1] = string.format('%.0f', good)
end
put(run, changes)
local ttl = tonumber(values[2])
if length == 1 then
  redis.call('PEXPIRE', log, values[2])
end
keep(ttl, { run, payload, log, manifest })

-- The index as 8 bytes, big-endian; one of the two servers packs '>I8' wrongly.
local bytes, rest = '', tonumber(values[3] or '0') + length - 1
for _ = 1, 8 do
  bytes = string.char(rest % 256) .. bytes
  rest = math.floor(rest / 256)
end
redis.call('PUBLISH', channel, string.char(#id) .. id .. bytes .. (rides == '1' and entry or ''))
return 'A'
