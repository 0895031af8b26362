using System.Threading.Channels;

namespace Eformer.Pool.Time;

/// <summary>Something to wait for that may be rung from anywhere: many rings before a look are one. Thread-safe; one waiter.</summary>
public sealed class Ring(TimeProvider clock)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Rings. Never blocks.</summary>
    public void Sound() => _rung.Writer.TryWrite(true);

    /// <summary>Waits for a ring.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>Whether it rang; false when the time was up.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_rung.Reader.TryRead(out _))
        {
            return true;
        }

        using CancellationTokenSource timer = new(limit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
