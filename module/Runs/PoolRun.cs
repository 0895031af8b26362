using System.Threading.Channels;
using Eformer.Pool.Module.Values;

namespace Eformer.Pool.Module.Runs;

/// <summary>One run: starts it or looks on, feeds its records into a queue, and lets go of it.</summary>
internal sealed class PoolRun(object source, Func<CancellationToken, Task<RunHandle>> start)
{
    private RunHandle? _handle;

    /// <summary>A run that is started on a pool.</summary>
    public PoolRun(SlicePool pool, RunRequest request) : this(pool, token => pool.GetManager().StartRunAsync(request, token)) { }

    /// <summary>How the values of a remote function are read.</summary>
    public IValueReader Values { get; init; } = JsonValueReader.Instance;

    /// <summary>What it runs on, or is read from: what an error is about.</summary>
    public object Source => source;

    /// <summary>The run, from the first record on.</summary>
    public RunHandle Handle => _handle ?? throw new InvalidOperationException("The run has not started.");

    /// <summary>The hosts of the run; empty while it has not started.</summary>
    public IReadOnlyList<HostAddress> Hosts => _handle?.Hosts ?? [];

    /// <summary>Starts the run.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        _handle = await start(cancellationToken);

    /// <summary>Starts the run and passes its records on, to the last. What goes wrong is passed on too.</summary>
    public async Task FeedAsync(ChannelWriter<RunEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await StartAsync(cancellationToken);
            await foreach (RunRecord record in Handle.Records.ReadAllAsync(cancellationToken))
            {
                await events.WriteAsync(new RunEvent(this, record, null), cancellationToken);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await events.WriteAsync(new RunEvent(this, null, failure), cancellationToken);
        }
    }

    /// <summary>Lets go of the run; one that has not ended is stopped, and its hosts are waited for.</summary>
    public ValueTask ReleaseAsync() => _handle?.DisposeAsync() ?? ValueTask.CompletedTask;
}
