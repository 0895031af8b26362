using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Appends output and ends to a run's log.</summary>
/// <remarks>
/// Both take the bulk connection, so that an end never overtakes the output before it, and so that a driver that does not
/// read its doorbell cannot hold up an agent's heartbeats.
/// </remarks>
internal sealed class AppendOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int LargestEntry = 256 * 1024;

    private static readonly StoreScript s_script = StoreScript.Load("append");

    /// <summary>Appends output; only an incarnation that claimed something of the run may.</summary>
    public Task<AppendStatus> ChunkAsync(LogAppend append, CancellationToken cancellationToken)
    {
        if (append.Ended.Count > 0)
        {
            throw new ArgumentException("Output ends no attempt.", nameof(append));
        }

        return RunAsync(append, 'c', cancellationToken);
    }

    /// <summary>Appends the end of some attempts.</summary>
    public Task<AppendStatus> CompleteAsync(LogAppend append, CancellationToken cancellationToken) =>
        RunAsync(append, 'e', cancellationToken);

    /// <summary>Appends the end that a driver gives to attempts which their hosts will never end.</summary>
    public Task<AppendStatus> JudgeAsync(LogAppend append, CancellationToken cancellationToken) =>
        RunAsync(append, 'j', cancellationToken);

    private async Task<AppendStatus> RunAsync(LogAppend append, char mode, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(append.Sequence, nameof(append));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.Entry.Length, LargestEntry, nameof(append));
        RedisValue[] arguments = Arguments(append, mode);
        RedisResult reply = await runner.BulkAsync(s_script, keys.Run(append.RunId).All, arguments, cancellationToken);
        return (string?)reply switch
        {
            "A" => AppendStatus.Appended,
            "D" => AppendStatus.Duplicate,
            "O" => AppendStatus.OutOfOrder,
            "F" => AppendStatus.Fenced,
            _ => AppendStatus.Gone,
        };
    }

    private RedisValue[] Arguments(LogAppend append, char mode) =>
    [
        Identifier.Check(append.Writer, nameof(append)),
        Identifier.Check(append.Incarnation, nameof(append)),
        append.Sequence,
        append.Entry,
        keys.Channel(Doorbell.Driver(Identifier.Check(append.DriverId, nameof(append)))),
        append.RunId,
        append.Entry.Length <= LogNotice.LargestRider ? 1 : 0,
        mode.ToString(),
        .. Identifier.CheckHosts([.. append.Ended.Select(end => end.Host)])
            .SelectMany((host, i) => (RedisValue[])[host, RunFields.End(append.Ended[i])]),
    ];
}
