-- Fields of hashes in parts: unpack is bounded by the size of Lua's stack.
local PART = 1000

local function fetch(key, fields)
  local values = {}
  for first = 1, #fields, PART do
    local part = redis.call('HMGET', key, unpack(fields, first, math.min(first + PART - 1, #fields)))
    for i = 1, #part do
      values[first + i - 1] = part[i]
    end
  end
  return values
end

local function put(key, list)
  for first = 1, #list, PART do
    redis.call('HSET', key, unpack(list, first, math.min(first + PART - 1, #list)))
  end
end

local function drop(key, fields)
  for first = 1, #fields, PART do
    redis.call('HDEL', key, unpack(fields, first, math.min(first + PART - 1, #fields)))
  end
end

-- The arguments from one on.
local function arguments(first)
  local list = {}
  for i = first, #ARGV do
    list[#list + 1] = ARGV[i]
  end
  return list
end

local function damaged(key, field)
  return { err = 'EFDAMAGED ' .. key .. ' ' .. field }
end
