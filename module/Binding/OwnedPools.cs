using System.Management.Automation;

namespace Eformer.Pool.Module.Binding;

/// <summary>The pools of this process by name.</summary>
internal static class OwnedPools
{
    /// <summary>The pools whose name matches.</summary>
    public static IEnumerable<SlicePool> Matching(WildcardPattern pattern) =>
        SlicePoolDirectory.Owned.Where(pool => pattern.IsMatch(pool.Name));

    /// <summary>
    /// The pool of that name. Where there is none or more than one, an object that says so when it is used: the error has
    /// the same id everywhere then, and costs only its own pool.
    /// </summary>
    public static SlicePool Resolve(string name)
    {
        SlicePool[] found = [.. SlicePoolDirectory.Owned.Where(pool => pool.Name == name)];
        return found.Length switch
        {
            1 => found[0],
            0 => SlicePool.Unresolved(name, NotFound(name)),
            _ => SlicePool.Unresolved(name, Ambiguous(name, found)),
        };
    }

    /// <summary>Whether it is what is left of a pool that was written down: by a job, a file or another session.</summary>
    public static bool IsCopy(PSObject made) => made.TypeNames.Contains($"Deserialized.{typeof(SlicePool).FullName}");

    /// <summary>The pool that was written down, where this session owns it; else an object that says so when it is used.</summary>
    public static SlicePool ResolveCopy(PSObject copy)
    {
        string name = copy.Properties["Name"]?.Value as string ?? "";
        string fleet = copy.Properties["Fleet"]?.Value as string ?? "";
        string store = copy.Properties["Store"]?.Value as string ?? "";
        return SlicePoolDirectory.Owned.FirstOrDefault(pool => pool.Name == name && pool.Fleet == fleet)
            ?? SlicePool.Unresolved(name, IsCopyOnly(name), fleet, store);
    }

    /// <summary>There is no pool of that name.</summary>
    public static SlicePoolException NotFound(string name) => new(
        "PoolNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no pool '{Topology.PoolName.Printable(name)}'.",
        "Get-SlicePool lists the pools of this session, and with -Store those of a fleet.",
        name);

    private static SlicePoolException IsCopyOnly(string name) => new(
        "PoolIsCopy",
        PoolErrorCategory.InvalidArgument,
        $"This is only a copy of the pool '{Topology.PoolName.Printable(name)}'. A pool lives in the session that made it; what Start-Job, a file or another session hands on is what it looked like.",
        "Run on it in its own session, with -AsJob instead of Start-Job. One made with -KeepForSec can be let go of there with Disconnect-SlicePool, "
        + "and taken over here with Connect-SlicePool and its name. Get-SlicePool lists what this session has.",
        name);

    private static SlicePoolException Ambiguous(string name, SlicePool[] found) => new(
        "PoolNameAmbiguous",
        PoolErrorCategory.InvalidArgument,
        $"There are pools '{name}' in the fleets {string.Join(", ", found.Select(pool => pool.Fleet))}.",
        "Give the pool itself instead of its name.",
        name);
}
