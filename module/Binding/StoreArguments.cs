using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.Module.Binding;

/// <summary>The store that a command's arguments or the environment name.</summary>
internal static class StoreArguments
{
    private const string Variable = "EFORMER_STORE";

    /// <summary>The options, or null when neither the argument nor the environment names a store.</summary>
    public static StoreOptions? Find(string? store, string fleet, bool allowInsecureTransport)
    {
        string? connection = string.IsNullOrWhiteSpace(store) ? Environment.GetEnvironmentVariable(Variable) : store;
        return string.IsNullOrWhiteSpace(connection) ? null : new StoreOptions
        {
            Connection = connection,
            Fleet = PoolName.Check(fleet, "fleet"),
            AllowInsecureTransport = allowInsecureTransport,
        };
    }

    /// <summary>The options.</summary>
    /// <param name="store">The argument; null where none was given.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="allowInsecureTransport">Whether a store on another machine may be reached without TLS.</param>
    /// <param name="otherwise">What else a user can do than name a store, as a sentence; empty for nothing.</param>
    /// <exception cref="SlicePoolException"><c>StoreNotGiven</c> when no store is named; <c>InvalidName</c>.</exception>
    public static StoreOptions Get(string? store, string fleet, bool allowInsecureTransport, string otherwise = "") =>
        Find(store, fleet, allowInsecureTransport) ?? throw new SlicePoolException(
            "StoreNotGiven",
            PoolErrorCategory.InvalidArgument,
            "No store was named.",
            $"Give -Store host:port, or set {Variable}. {otherwise}".TrimEnd());
}
