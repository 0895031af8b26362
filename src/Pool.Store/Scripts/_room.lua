-- Redis at its memory limit lets a script write that begins with a write which takes no memory. This one removes nothing. For what
-- keeps leases alive or makes room: a full store must not end what runs. To be called before the first write; the key is a sorted set.
local function write_without_room(key)
  redis.call('ZREM', key, '')
end
