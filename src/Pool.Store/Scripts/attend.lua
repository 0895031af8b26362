-- Keeps a run for those who still carry attempts of it out, and answers which of these nobody wants any more: the run is gone
-- or was stopped, or the attempt was ended by another, or is another's now.
--#include fields
--#include run
local run, payload, log, manifest = unpack(KEYS)
local mine = ARGV[1] .. '|' .. ARGV[2]
local hosts = arguments(3)
local fields = { 'v', 'x', 'ttl' }
local fixed = #fields
for i = 1, #hosts do
  fields[#fields + 1] = 'c:' .. hosts[i]
  fields[#fields + 1] = 'o:' .. hosts[i]
end
local values = fetch(run, fields)
if not values[1] or values[2] then
  return hosts
end
keep(tonumber(values[3]), { run, payload, log, manifest })
local unwanted = {}
for i = 1, #hosts do
  local claim, ended = values[fixed + i * 2 - 1], values[fixed + i * 2]
  if claim ~= mine or ended then
    unwanted[#unwanted + 1] = hosts[i]
  end
end
return unwanted
