using Eformer.Pool.Pools;

namespace Eformer.Pool.Runs;

/// <summary>Which slices and hosts of a pool a request is for. Pure.</summary>
internal static class RunSelection
{
    /// <summary>The chosen slices, in slot order.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSelection</c>.</exception>
    public static HeldSlice[] Slices(RunRequest request, IReadOnlyList<HeldSlice> pool)
    {
        HeldSlice[] ordered = [.. pool.OrderBy(slice => slice.Slot)];
        if (request.SliceIds is null)
        {
            return ordered;
        }

        int unknown = request.SliceIds.FirstOrDefault(id => !Array.Exists(ordered, slice => slice.Slot == id), -1);
        return request.SliceIds.Count > 0 && !request.SliceIds.Any(id => !Array.Exists(ordered, slice => slice.Slot == id))
            ? [.. ordered.Where(slice => request.SliceIds.Contains(slice.Slot))]
            : throw NoSlice(unknown, ordered);
    }

    /// <summary>The chosen hosts of a slice, in order.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSelection</c>.</exception>
    public static IReadOnlyList<int> HostIds(RunRequest request, HeldSlice slice)
    {
        if (request.HostIds is null)
        {
            return [.. Enumerable.Range(0, slice.Hosts.Count)];
        }

        int[] ids = [.. request.HostIds.Distinct().Order()];
        return ids.Length > 0 && ids[0] >= 0 && ids[^1] < slice.Hosts.Count
            ? ids
            : throw Invalid("host", ids.FirstOrDefault(id => id < 0 || id >= slice.Hosts.Count, -1), $"0 to {slice.Hosts.Count - 1}");
    }

    /// <summary>A slot was named that has no slice.</summary>
    public static SlicePoolException NoSlice(int slot, IReadOnlyList<HeldSlice> pool) =>
        Invalid("slice", slot, string.Join(", ", pool.Select(slice => slice.Slot)));

    private static SlicePoolException Invalid(string what, int id, string there) => new(
        "InvalidSelection",
        PoolErrorCategory.InvalidArgument,
        $"There is no {what} {id} in this pool.",
        $"There are: {there}.",
        id);
}
