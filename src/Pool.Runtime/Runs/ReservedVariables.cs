namespace Eformer.Pool;

/// <summary>The environment variables that a pool sets on its hosts, and users therefore can't.</summary>
public static class ReservedVariables
{
    private static readonly string[] s_prefixes = ["TPU_", "MEGASCALE_", "EXECUTOR_CALL_", "EFORMER_"];

    private static readonly string[] s_ownPrefixes = ["MEGASCALE_", "EXECUTOR_CALL_", "EFORMER_"];
    private static readonly string[] s_ownNames = ["TPU_HOST_ID", "TPU_SLICE_NAME", "TPU_NUM_DEVICES"];

    /// <summary>Whether the pool itself sets variables of this name, so that an inherited one is stale.</summary>
    /// <remarks>Other TPU_ variables describe the machine; the libraries of its accelerators read them.</remarks>
    public static bool IsOwn(string name) =>
        Array.Exists(s_ownNames, own => string.Equals(own, name, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(s_ownPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether users may not set variables of this name.</summary>
    public static bool IsReserved(string name) =>
        Array.Exists(s_prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses an environment with a reserved or impossible name.</summary>
    /// <exception cref="SlicePoolException"><c>ReservedVariable</c> or <c>InvalidEnvironment</c>.</exception>
    public static void Check(IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach ((string name, string value) in environment)
        {
            if (IsReserved(name))
            {
                throw new SlicePoolException(
                    "ReservedVariable",
                    PoolErrorCategory.InvalidArgument,
                    $"The environment variable '{name}' is set by the pool itself.",
                    "Names that start with TPU_, MEGASCALE_, EXECUTOR_CALL_ or EFORMER_ are reserved; use another name.",
                    name);
            }

            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
                || value.Contains('\0', StringComparison.Ordinal))
            {
                throw new SlicePoolException(
                    "InvalidEnvironment",
                    PoolErrorCategory.InvalidArgument,
                    $"'{Topology.PoolName.Printable(name)}' cannot be an environment variable.",
                    "A name must not be empty or contain '=', and neither name nor value may contain a NUL character.",
                    name);
            }
        }
    }
}
