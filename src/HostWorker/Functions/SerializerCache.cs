using System.Text.Json.Serialization.Metadata;

namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// System.Text.Json keeps, for a second and until somebody else comes to its cache, how it gets at the members of types that it has met by
/// reflection; with them it would keep the assemblies that have been unloaded.
/// </summary>
internal static class SerializerCache
{
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(2);

    /// <summary>Has it forget what nobody has used for a while.</summary>
    public static async Task TidyAsync(TimeProvider clock)
    {
        await Task.Delay(s_kept, clock).ConfigureAwait(false);
        _ = new DefaultJsonTypeInfoResolver().GetTypeInfo(typeof(Visitor), new() { MaxDepth = 1 });
    }

    // Never written or read: to ask for it is to come to the cache.
    private sealed record Visitor(int Number);
}
