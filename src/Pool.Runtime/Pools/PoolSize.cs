namespace Eformer.Pool.Pools;

/// <summary>Bounds of the counts a pool is made of.</summary>
internal static class PoolSize
{
    /// <summary>
    /// The most of anything: about a hundred times the largest published job (12,736 hosts), and far from overflow.
    /// </summary>
    public const int Most = 1_000_000;

    /// <summary>Refuses zero, negative and absurd counts.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>.</exception>
    public static int Check(int count, string what) =>
        count is >= 1 and <= Most
            ? count
            : throw new SlicePoolException(
                "InvalidSize",
                PoolErrorCategory.InvalidArgument,
                $"A pool cannot have {count} {what}.",
                $"Use 1 to {Most:N0}.",
                count);
}
