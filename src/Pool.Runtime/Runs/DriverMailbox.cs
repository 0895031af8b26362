using System.Collections.Concurrent;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Hears one pool's doorbell for results and hands each notice to the run it is about. Thread-safe.</summary>
internal sealed class DriverMailbox : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunCollector> _runs = new(StringComparer.Ordinal);
    private IAsyncDisposable? _bell;

    /// <summary>Starts to hear what is rung for a driver: for this session's, or the one of a run that is looked at.</summary>
    public static Task<DriverMailbox> OpenAsync(PoolSession session, CancellationToken cancellationToken) =>
        OpenAsync(session, session.OwnerId, cancellationToken);

    /// <inheritdoc cref="OpenAsync(PoolSession, CancellationToken)"/>
    public static async Task<DriverMailbox> OpenAsync(PoolSession session, string driverId, CancellationToken cancellationToken)
    {
        DriverMailbox mailbox = new();
        mailbox._bell = await session.Store.ListenAsync(Doorbell.Driver(driverId), mailbox.Deliver, cancellationToken);
        return mailbox;
    }

    /// <summary>The runs that have not been let go of.</summary>
    public IReadOnlyCollection<RunCollector> Runs => [.. _runs.Values];

    public void Add(RunCollector run) => _runs[run.RunId] = run;

    public void Remove(RunCollector run) => _runs.TryRemove(run.RunId, out _);

    public ValueTask DisposeAsync() => _bell?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A notice that is not of the form, or of no run of ours, can be anybody's: results are verified, and read from the log anyway.
    private void Deliver(ReadOnlyMemory<byte> message)
    {
        if (LogNotice.TryRead(message, out LogNotice notice) && _runs.TryGetValue(notice.RunId, out RunCollector? run))
        {
            run.Notify(notice);
        }
    }
}
