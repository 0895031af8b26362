using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Binding;

/// <summary>What is said of names of hosts.</summary>
internal static class HostNames
{
    /// <summary>There is no host of that name.</summary>
    public static SlicePoolException NotFound(string host, string fleet, string advice) => new(
        "HostNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"There is no host '{PoolName.Printable(host)}' in fleet '{fleet}'.",
        advice,
        host);
}
