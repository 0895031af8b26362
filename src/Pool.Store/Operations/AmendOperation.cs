using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Says where attempts of a run go now, and announces them.</summary>
internal sealed class AmendOperation(ScriptRunner runner, FleetKeys keys, Announcer announcer, RunLister lister)
{
    private static readonly StoreScript s_script = StoreScript.Load("amend");

    public async Task<bool> RunAsync(RunAmendment amendment, CancellationToken cancellationToken)
    {
        RunKeys run = keys.Run(amendment.RunId);
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        RedisKey[] used = [run.Run, run.Manifest];
        RedisResult there = await runner.GuardAsync(ScriptRunner.Send(bulk, s_script, used, [amendment.Manifest]), used, cancellationToken);
        if ((int)there == 0)
        {
            return false;
        }

        Task announcing = Task.WhenAll(
            lister.List(bulk, amendment.Listing, amendment.TtlMs),
            announcer.Store(bulk, amendment.Announcements),
            announcer.Ring(bulk, amendment.Announcements));
        await runner.GuardAsync(announcing, [.. lister.Keys, .. announcer.Inboxes(amendment.Announcements)], cancellationToken);
        return true;
    }
}
