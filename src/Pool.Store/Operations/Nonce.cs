using System.Security.Cryptography;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Candidates for a store's generation: used by the first write to an empty store, ignored afterwards.</summary>
internal static class Nonce
{
    private const int Bytes = 16;

    public static string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
