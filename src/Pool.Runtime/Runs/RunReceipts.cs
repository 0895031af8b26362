using Eformer.Pool.Store;

namespace Eformer.Pool.Runs;

/// <summary>Tells the store which runs were received: at once, but many short ones together. Thread-safe.</summary>
/// <remarks>Of runs that follow each other closely the store hears up to a tenth of a second later, and none waits for that.</remarks>
internal sealed class RunReceipts(IPoolStore store, TimeProvider clock)
{
    private const int Batch = 256;
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private List<string> _received = [];
    private long? _lastAt;
    private Task _sent = Task.CompletedTask;

    /// <summary>Takes a run that nobody needs any more.</summary>
    public Task AddAsync(string runId)
    {
        lock (_gate)
        {
            bool isNext = _lastAt is { } last && clock.GetElapsedTime(last) < s_moment;
            _lastAt = clock.GetTimestamp();
            _received.Add(runId);
            if (!isNext)
            {
                return SendAsync();
            }

            if (_received.Count == 1)
            {
                _ = SendSoonAsync();
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Tells the store of all that were taken. Returns when it knows, or cannot be told.</summary>
    public Task SendAsync()
    {
        lock (_gate)
        {
            List<string> received = _received;
            _received = [];
            return _sent = received.Count == 0 ? _sent : SendAsync(_sent, received);
        }
    }

    private async Task SendSoonAsync()
    {
        await Task.Delay(s_moment, clock, CancellationToken.None);
        await SendAsync();
    }

    private async Task SendAsync(Task before, List<string> received)
    {
        await before;
        foreach (string[] batch in received.Chunk(Batch))
        {
            try
            {
                await store.AcknowledgeAsync(batch, CancellationToken.None);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SlicePoolException)
            {
                // The pool was removed, or the store is away or damaged: the runs' keys have a time to live, and whoever needs
                // the store hears of its trouble.
            }
        }
    }
}
