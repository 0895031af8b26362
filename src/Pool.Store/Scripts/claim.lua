-- Takes the attempts of some hosts of a run; those of a cancelled one only so that somebody may end them. An attempt is given to one incarnation only; one that has ended to none, but a later one of that host starts afresh.
--#include fields
--#include run
local run, payload, log, manifest = unpack(KEYS)
local writer, incarnation, attempt, inline = unpack(ARGV, 1, 4)
local sequence = 's:' .. writer .. ':' .. incarnation
local fields = { 'v', 'x', 'ttl', 'n', 'len', 'done', 'good', sequence }
local fixed = #fields
for i = 5, #ARGV do
  fields[#fields + 1] = 'c:' .. ARGV[i]
  fields[#fields + 1] = 'o:' .. ARGV[i]
end
local values = fetch(run, fields)
if not values[1] then
  return { 'N' }
end
local cancelled = values[2]

local mine, granted, claims, over, reopened = incarnation .. '|' .. attempt, {}, {}, {}, {}
local done, good = tonumber(values[6] or '0'), tonumber(values[7] or '0')
for i = 5, #ARGV do
  local at = fixed + (i - 5) * 2
  local claim, ended = values[at + 1], values[at + 2]
  local earlier = claim and tonumber(string.match(claim, '|(%d+)$')) < tonumber(attempt)
  if ended and tonumber(string.match(ended, '|(%d+)|')) >= tonumber(attempt) then
    over[#over + 1] = ARGV[i]
  elseif not claim or claim == mine or earlier then
    granted[#granted + 1] = ARGV[i]
    if ended then
      reopened[#reopened + 1] = fields[at + 2]
      done = done - 1
      good = good - (string.match(ended, '|Succeeded$') and 1 or 0)
    end
    if claim ~= mine then
      claims[#claims + 1] = fields[at + 1]
      claims[#claims + 1] = mine
    end
  end
end

local pieces = {}
if #granted > 0 and not cancelled and tonumber(values[5]) <= tonumber(inline) then
  pieces = redis.call('LRANGE', payload, '0', '-1')
end
if #claims > 0 then
  if not values[8] then
    claims[#claims + 1] = sequence
    claims[#claims + 1] = '0'
  end
  if #reopened > 0 then
    drop(run, reopened)
    put(run, { 'done', string.format('%.0f', done), 'good', string.format('%.0f', good) })
  end
  put(run, claims)
  keep(tonumber(values[3]), { run, payload, log, manifest })
end
return { cancelled and 'X' or 'C', granted, values[4], pieces, over }
