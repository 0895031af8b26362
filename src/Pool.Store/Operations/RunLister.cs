using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Keeps the list of a fleet's runs.</summary>
/// <remarks>A run's own keys may lie on another server of a cluster: the list may name runs that are gone, and is tidied by whoever reads it.</remarks>
internal sealed class RunLister(FleetKeys keys)
{
    // The longest that a run can take: a kept pool's life.
    private const long LongestRunMs = 30L * 24 * 60 * 60 * 1000;

    private static readonly StoreScript s_list = StoreScript.Load("list_run");
    private static readonly StoreScript s_unlist = StoreScript.Load("unlist_runs");

    /// <summary>The keys of the list.</summary>
    public RedisKey[] Keys { get; } = [keys.Runs, keys.RunExpiries];

    /// <summary>Lists a run, or lists it anew.</summary>
    public Task List(IDatabase database, RunListing? listing, long ttlMs) => listing is null
        ? Task.CompletedTask
        : ScriptRunner.Send(
            database,
            s_list,
            Keys,
            [listing.RunId, listing.QueuedMs + ttlMs + LongestRunMs, JsonSerializer.SerializeToUtf8Bytes(listing, StoreJson.Default.RunListing)]);

    /// <summary>Takes runs off the list.</summary>
    public Task Unlist(IDatabase database, IEnumerable<string> runs) =>
        ScriptRunner.Send(database, s_unlist, Keys, [.. runs.Select(run => (RedisValue)run)]);
}
