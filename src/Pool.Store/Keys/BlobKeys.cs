using System.Globalization;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>The keys of one blob. They have a hash tag of their own, so that a cluster can spread blobs.</summary>
internal readonly struct BlobKeys(string fleet, string sha256)
{
    private readonly string _tag = $"{{ef:{fleet}:blob:{sha256}}}:";

    /// <summary>
    /// Hash: <c>v</c> layout version, <c>len</c> length, <c>n</c> pieces that are there from the first on, <c>d</c> SHA-256 of them.
    /// The blob is whole when that is its own.
    /// </summary>
    /// <remarks>The pieces live longer than this, so where it is whole, they are there.</remarks>
    public RedisKey Head => _tag + "blob";

    /// <summary>String: a piece. One key each: a server that keeps values on disk need not hold a large blob in memory.</summary>
    public RedisKey Piece(int index) => string.Create(CultureInfo.InvariantCulture, $"{_tag}piece:{index}");

    /// <summary>The head and some pieces after it, for scripts that declare them.</summary>
    public RedisKey[] HeadAnd(IEnumerable<int> pieces)
    {
        BlobKeys keys = this;
        return [Head, .. pieces.Select(index => keys.Piece(index))];
    }
}
