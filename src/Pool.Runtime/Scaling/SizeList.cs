using Eformer.Pool.Pools;

namespace Eformer.Pool.Scaling;

/// <summary>The valid sizes of a pool. Pure.</summary>
internal static class SizeList
{
    /// <summary>The sizes in ascending order.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>: none, one given twice, or one out of range.</exception>
    public static IReadOnlyList<int> Check(IReadOnlyList<int> sizes)
    {
        if (sizes.Count == 0)
        {
            throw Invalid("No slice count was given.", sizes);
        }

        int[] sorted = [.. sizes.Select(size => PoolSize.Check(size, "slices")).Order()];
        int twice = Array.FindIndex(sorted, 1, size => Array.IndexOf(sorted, size) < Array.LastIndexOf(sorted, size));
        return twice < 0 ? sorted : throw Invalid($"The slice count {sorted[twice]} was given twice.", sizes);
    }

    private static SlicePoolException Invalid(string what, IReadOnlyList<int> sizes) => new(
        "InvalidSize",
        PoolErrorCategory.InvalidArgument,
        what,
        "Give one number of slices, or a list of different ones such as 2,4,8: the largest that is possible is taken.",
        sizes);
}
