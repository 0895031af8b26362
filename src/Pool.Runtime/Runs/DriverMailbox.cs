using System.Collections.Concurrent;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Hears one pool's doorbell for results and hands each notice to those who collect the run it is about. Thread-safe.</summary>
internal sealed class DriverMailbox : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunCollector[]> _runs = new(StringComparer.Ordinal);
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
    public IReadOnlyCollection<RunCollector> Runs => [.. _runs.Values.SelectMany(runs => runs)];

    // A run that was asked for again has more than one.
    public void Add(RunCollector run) => _runs.AddOrUpdate(run.RunId, [run], (_, others) => [.. others, run]);

    public void Remove(RunCollector run)
    {
        // An array is equal to itself only: who was added or removed meanwhile is not forgotten.
        while (_runs.TryGetValue(run.RunId, out RunCollector[]? all))
        {
            RunCollector[] others = Array.FindAll(all, other => other != run);
            if (others.Length > 0 ? _runs.TryUpdate(run.RunId, others, all) : _runs.TryRemove(KeyValuePair.Create(run.RunId, all)))
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => _bell?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A notice that is not of the form, or of no run of ours, can be anybody's: results are verified, and read from the log anyway.
    private void Deliver(ReadOnlyMemory<byte> message)
    {
        if (LogNotice.TryRead(message, out LogNotice notice) && _runs.TryGetValue(notice.RunId, out RunCollector[]? runs))
        {
            Array.ForEach(runs, run => run.Notify(notice));
        }
    }
}
