-- Hosts, leases and pools at one moment, and whether another server than this one wrote them: then they may be old, and the first who
-- writes gives them a new generation.
--#include clock
local meta, hosts, state, agents, beats, leases, leasex, leasen, pools, poolx, poola, keeps,
  suspended, demand, health, loads = unpack(KEYS)
local function all(key)
  return redis.call('HGETALL', key)
end
local function scores(key)
  return redis.call('ZRANGE', key, '0', '-1', 'WITHSCORES')
end
local run, former = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or '', redis.call('HGET', meta, 'run')
return {
  int(now), redis.call('HGET', meta, 'gen') or '',
  all(hosts), all(state), all(agents), scores(beats),
  all(leases), scores(leasex), all(leasen), all(pools), scores(poolx),
  scores(poola), all(keeps), all(suspended), all(demand), all(health), all(loads), redis.call('HGET', meta, 'bumped') or '0',
  former and former ~= run and 1 or 0,
}
