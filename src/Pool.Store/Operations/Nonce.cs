namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Candidates for a store's generation: used by the first write to an empty store, ignored afterwards.</summary>
internal static class Nonce
{
    // Must differ, need not be a secret: a Guid does without loading a cryptographic library at start-up.
    public static string Next() => Guid.NewGuid().ToString("N");
}
