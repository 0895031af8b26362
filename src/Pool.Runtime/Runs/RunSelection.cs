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

        int[] unknown = [.. request.SliceIds.Where(id => !Array.Exists(ordered, slice => slice.Slot == id))];
        return unknown.Length > 0 ? throw NoSlice(unknown[0], ordered)
            : request.SliceIds.Count > 0 ? [.. ordered.Where(slice => request.SliceIds.Contains(slice.Slot))]
            : throw NoneChosen("slice", Slots(ordered));
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
        int[] unknown = [.. ids.Where(id => id < 0 || id >= slice.Hosts.Count)];
        string there = $"0 to {slice.Hosts.Count - 1}";
        return unknown.Length > 0 ? throw Unknown("host", unknown[0], there)
            : ids.Length > 0 ? ids
            : throw NoneChosen("host", there);
    }

    /// <summary>A slot was named that has no slice.</summary>
    public static SlicePoolException NoSlice(int slot, IReadOnlyList<HeldSlice> pool) =>
        Unknown("slice", slot, Slots(pool));

    private static SlicePoolException Unknown(string what, int id, string there) =>
        Invalid($"There is no {what} {id} in this pool.", $"There are: {there}.", id);

    private static SlicePoolException NoneChosen(string what, string there) =>
        Invalid($"No {what} of this pool was chosen.", $"Leave it out for all, or choose some of: {there}.", what);

    private static string Slots(IReadOnlyList<HeldSlice> pool) => string.Join(", ", pool.Select(slice => slice.Slot));

    private static SlicePoolException Invalid(string message, string action, object target) =>
        new("InvalidSelection", PoolErrorCategory.InvalidArgument, message, action, target);
}
