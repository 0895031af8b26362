using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Reads the list of a fleet's runs, with how each stands: a few fields of each, all asked for at once.</summary>
internal sealed class ListRunsOperation(ScriptRunner runner, FleetKeys keys, RunLister lister)
{
    private const int Batch = 1000;
    private static readonly RedisValue[] s_fields = ["v", RunFields.Cancelled, RunFields.Done, RunFields.Good];

    public async Task<IReadOnlyList<RunCount>> RunAsync(CancellationToken cancellationToken)
    {
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        HashEntry[] listed = await runner.GuardAsync(bulk.HashGetAllAsync(keys.Runs, CommandFlags.DemandMaster), [keys.Runs], cancellationToken);
        List<RunCount> found = [];
        List<string> gone = [];
        foreach (HashEntry[] batch in listed.Chunk(Batch))
        {
            await ReadAsync(bulk, batch, found, gone, cancellationToken);
        }

        foreach (string[] batch in gone.Chunk(Batch))
        {
            await runner.GuardAsync(lister.Unlist(bulk, batch), lister.Keys, cancellationToken);
        }

        return [.. found.OrderByDescending(run => run.Listing.QueuedMs).ThenBy(run => run.Listing.RunId, StringComparer.Ordinal)];
    }

    private async Task ReadAsync(IDatabase bulk, HashEntry[] batch, List<RunCount> found, List<string> gone, CancellationToken cancellationToken)
    {
        Task<RedisValue[]>[] asked = [.. batch.Select(entry => IsRun(entry)
            ? bulk.HashGetAsync(keys.Run(entry.Name!).Run, s_fields, CommandFlags.DemandMaster)
            : Task.FromResult<RedisValue[]>([RedisValue.Null]))];
        await runner.GuardAsync(Task.WhenAll(asked), [], cancellationToken);
        for (int i = 0; i < batch.Length; i++)
        {
            RedisValue[] values = await asked[i];
            // Its name was checked; one in the text that differs may be anything, and would be shown and completed.
            if (values[0].IsNull || TryRead(batch[i].Value) is not { } listing || listing.RunId != batch[i].Name)
            {
                gone.Add(batch[i].Name!);
                continue;
            }

            found.Add(new RunCount(listing, !values[1].IsNull, (int)values[2], (int)values[3]));
        }
    }

    private static bool IsRun(HashEntry entry) => Topology.PoolName.IsValid(entry.Name);

    private static RunListing? TryRead(RedisValue text)
    {
        try
        {
            return JsonSerializer.Deserialize((byte[])text!, StoreJson.Default.RunListing);
        }
        catch (JsonException)
        {
            // Spoilt by somebody: one bad entry must not hide the others, and goes.
            return null;
        }
    }
}
