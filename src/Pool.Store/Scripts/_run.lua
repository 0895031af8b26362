-- Everything of a run lives as long after its last write as it was submitted for. Setting three expiries with each write
-- costs more than asking for one, so they are set again when a hundredth of the time has gone.
local function keep(ttl, keys)
  if redis.call('PTTL', keys[1]) < ttl * 0.99 then
    for i = 1, #keys do
      redis.call('PEXPIRE', keys[i], ttl)
    end
  end
end
