-- Which agent a machine has: field m:machine is agent and boot, field a:agent is its machine.

-- The fields of agents that go; those of a machine whose agent is another by now stay.
local function machine_fields(machines, gone)
  local fields, list = {}, {}
  for i = 1, #gone do
    fields[i] = 'a:' .. gone[i]
  end
  local of = fetch(machines, fields)
  for i = 1, #gone do
    local record = of[i] and redis.call('HGET', machines, 'm:' .. of[i])
    if record and string.match(record, '^([^|]*)|') == gone[i] then
      list[#list + 1] = 'm:' .. of[i]
    end
    list[#list + 1] = fields[i]
  end
  return list
end
