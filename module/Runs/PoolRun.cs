using System.Threading.Channels;

namespace Eformer.Pool.Module.Runs;

/// <summary>One run on one pool: starts it, feeds its records into a queue, and lets go of it.</summary>
internal sealed class PoolRun(SlicePool pool, RunRequest request)
{
    private RunHandle? _handle;
    private bool _ended;

    /// <summary>The pool.</summary>
    public SlicePool Pool => pool;

    /// <summary>The run, from the first record on.</summary>
    public RunHandle Handle => _handle ?? throw new InvalidOperationException("The run has not started.");

    /// <summary>Starts the run and passes its records on, to the last. What goes wrong is passed on too.</summary>
    public async Task FeedAsync(ChannelWriter<RunEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            _handle = await pool.GetManager().StartRunAsync(request, cancellationToken);
            await foreach (RunRecord record in _handle.Records.ReadAllAsync(cancellationToken))
            {
                await events.WriteAsync(new RunEvent(this, record, null), cancellationToken);
            }

            _ended = true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await events.WriteAsync(new RunEvent(this, null, failure), cancellationToken);
        }
    }

    /// <summary>Stops the run if it has not ended, waits for its hosts to say so, and lets go of it.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_handle is null)
        {
            return;
        }

        await using (_handle)
        {
            if (!_ended)
            {
                await _handle.CancelAsync(cancellationToken);
                await DrainAsync(_handle.Records, cancellationToken);
            }
        }
    }

    private static async Task DrainAsync(ChannelReader<RunRecord> records, CancellationToken cancellationToken)
    {
        while (await records.WaitToReadAsync(cancellationToken))
        {
            while (records.TryRead(out _))
            {
            }
        }
    }
}
