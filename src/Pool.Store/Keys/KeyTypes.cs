using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>What type each key must have, to tell which one is damaged.</summary>
internal static class KeyTypes
{
    /// <summary>The type a key of ours must have.</summary>
    public static RedisType Of(RedisKey key)
    {
        string name = key.ToString();
        string kind = name[(name.IndexOf("}:", StringComparison.Ordinal) + 2)..];
        return kind switch
        {
            "beats" or "leasex" or "poolx" or "poola" or "runx" => RedisType.SortedSet,
            "payload" or "log" or "events" => RedisType.List,
            "manifest" => RedisType.String,
            _ when kind.StartsWith("piece:", StringComparison.Ordinal) => RedisType.String,
            _ when kind.StartsWith("inbox:", StringComparison.Ordinal) => RedisType.List,
            _ => RedisType.Hash,
        };
    }
}
