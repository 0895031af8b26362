using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>The keys of one run. They have a hash tag of their own, so that a cluster can spread runs.</summary>
internal readonly struct RunKeys(string fleet, string runId)
{
    private readonly string _tag = $"{{ef:{fleet}:{runId}}}:";

    /// <summary>
    /// Hash: <c>v</c> layout version, <c>ttl</c>, <c>n</c> pieces and <c>len</c> bytes of the payload, <c>x</c> when cancelled,
    /// <c>c:host</c> claim as incarnation|attempt, <c>o:host</c> who ended it, <c>s:agent:incarnation</c> last sequence.
    /// </summary>
    public RedisKey Run => _tag + "run";

    /// <summary>List: the payload in pieces.</summary>
    public RedisKey Payload => _tag + "payload";

    /// <summary>List: signed entries.</summary>
    public RedisKey Log => _tag + "log";

    /// <summary>All of them, the shared one first.</summary>
    public RedisKey[] All => [Run, Payload, Log];
}
