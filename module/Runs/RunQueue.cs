using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Eformer.Pool.Module.Session;

namespace Eformer.Pool.Module.Runs;

/// <summary>The runs of one command, at once, and their records in one bounded queue for the pipeline thread.</summary>
/// <remarks>The bound holds hosts back when the pipeline is slow, instead of gathering their output in memory.</remarks>
internal sealed class RunQueue : IDisposable
{
    private const int Capacity = 64;

    // The runtime gives hosts 10 seconds to confirm a stop; this is for when even that hangs.
    private static readonly TimeSpan s_releaseLimit = TimeSpan.FromSeconds(12);

    // Its only reader is a thread that waits: it is woken by whoever writes, not by way of the thread pool.
    private readonly Channel<RunEvent> _events =
        Channel.CreateBounded<RunEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _feeding = new();
    private readonly List<PoolRun> _runs = [];
    private readonly List<Task> _feeds = [];
    private bool _released;

    /// <summary>Starts a run, or looks on.</summary>
    public void Start(PoolRun run)
    {
        _runs.Add(run);
        // At once on this thread, which only starts to wait; but it must not be one that others' calls are posted to.
        _feeds.Add(SynchronizationContext.Current is null ? Feed() : Task.Run(Feed));
        Task Feed() => run.FeedAsync(_events.Writer, _feeding.Token);
    }

    /// <summary>Says that no more runs will be started.</summary>
    public void Complete() =>
        Task.WhenAll(_feeds).ContinueWith(
            _ => _events.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Takes what is there.</summary>
    public bool TryTake([NotNullWhen(true)] out RunEvent? taken) => _events.Reader.TryRead(out taken);

    /// <summary>Waits for the next event.</summary>
    /// <returns>False when all runs have ended.</returns>
    public bool Take(CancellationToken cancellationToken, [NotNullWhen(true)] out RunEvent? taken)
    {
        while (!TryTake(out taken))
        {
            if (!_events.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stops what still runs and lets go of all runs; waits for that, but not for ever.</summary>
    /// <returns>What went wrong, or null.</returns>
    public SlicePoolException? Release()
    {
        if (_released)
        {
            return null;
        }

        _released = true;
        _feeding.Cancel();
        return ReleaseAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _feeding.Dispose();
    }

    private async Task<SlicePoolException?> ReleaseAsync()
    {
        try
        {
            return await Bounded.WaitAsync(ReleaseRunsAsync(), s_releaseLimit) ? null : Slow();
        }
        catch (SlicePoolException failure)
        {
            return failure;
        }
    }

    private async Task ReleaseRunsAsync()
    {
        // What a feed has to say was said in its events; here it matters only that it has ended.
        await Task.WhenAll(_feeds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_runs.Select(run => run.ReleaseAsync().AsTask()));
    }

    private static SlicePoolException Slow() => new(
        "StopTimeout",
        PoolErrorCategory.OperationTimeout,
        $"Some hosts did not confirm within {s_releaseLimit.TotalSeconds:0} seconds that the run has stopped.");
}
