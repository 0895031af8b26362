using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>The keys of one run. They have a hash tag of their own, so that a cluster can spread runs.</summary>
internal readonly struct RunKeys(string fleet, string runId)
{
    private readonly string _tag = $"{{ef:{fleet}:{runId}}}:";

    /// <summary>
    /// Hash: <c>v</c> layout version, <c>sub</c> who submitted it, <c>ttl</c>, <c>n</c> pieces and <c>len</c> bytes of the payload, <c>x</c>
    /// when cancelled, <c>base</c> entries of the log that are gone, <c>done</c> hosts that have ended and <c>good</c> of them well,
    /// <c>c:host</c> claim as incarnation|attempt, <c>o:host</c> end as incarnation|attempt|outcome, <c>s:agent:incarnation</c> last sequence.
    /// </summary>
    public RedisKey Run => _tag + "run";

    /// <summary>List: the payload in pieces.</summary>
    public RedisKey Payload => _tag + "payload";

    /// <summary>List: signed entries.</summary>
    public RedisKey Log => _tag + "log";

    /// <summary>Text: the signed manifest.</summary>
    public RedisKey Manifest => _tag + "manifest";

    /// <summary>All of them, the shared one first.</summary>
    public RedisKey[] All => [Run, Payload, Log, Manifest];
}
