using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Marks a run as cancelled and announces it. On the control connection, so that output does not delay it.</summary>
internal sealed class CancelOperation(ScriptRunner runner, FleetKeys keys, Announcer announcer)
{
    private static readonly StoreScript s_script = StoreScript.Load("cancel");

    public async Task RunAsync(RunCancellation cancellation, CancellationToken cancellationToken)
    {
        IDatabase control = runner.Connections.Control;
        RedisKey[] run = [keys.Run(cancellation.RunId).Run];
        RedisKey[] used = [.. run, .. announcer.Inboxes(cancellation.Announcements)];
        Task stored = Task.WhenAll(ScriptRunner.Send(control, s_script, run, []), announcer.Store(control, cancellation.Announcements));
        await runner.GuardAsync(stored, used, cancellationToken);
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        await runner.GuardAsync(announcer.Ring(bulk, cancellation.Announcements), [], cancellationToken);
    }
}
