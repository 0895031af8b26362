using System.Globalization;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.Store;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>A fence as scripts read it: <c>epoch|lease|1</c> when held, <c>…|0</c> when not.</summary>
internal static class FenceText
{
    // A fence from outside must stay a number that Lua 5.1 counts exactly.
    private const long LargestEpoch = 1L << 52;

    /// <summary>The text of a fence.</summary>
    public static string Of(HostFence fence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fence.Epoch, nameof(fence));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fence.Epoch, LargestEpoch, nameof(fence));
        string lease = fence.LeaseId.Length == 0 ? "" : Identifier.Check(fence.LeaseId, nameof(fence));
        return string.Create(CultureInfo.InvariantCulture, $"{fence.Epoch}|{lease}|{(fence.Held ? 1 : 0)}");
    }
}
