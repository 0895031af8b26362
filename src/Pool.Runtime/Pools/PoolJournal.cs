using System.Threading.Channels;

namespace Eformer.Pool.Pools;

/// <summary>Tells what a pool decides: at once to listeners of this process, soon after to the store. Never holds anybody up. Thread-safe.</summary>
internal sealed class PoolJournal : IAsyncDisposable
{
    private const int Bound = 1000;
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(2);
    private readonly PoolSession _session;
    private readonly Action<PoolEvent> _onNoted;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    // When the store is away for long the oldest go: what was decided last matters most.
    private readonly Channel<PoolEvent> _queue =
        Channel.CreateBounded<PoolEvent>(new BoundedChannelOptions(Bound) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public PoolJournal(PoolSession session, Action<PoolEvent> onNoted)
    {
        _session = session;
        _onNoted = onNoted;
        _loop = Task.Run(WriteAsync);
    }

    public void Note(PoolEventKind kind, string reason, string slice = "", string host = "")
    {
        PoolEvent item = new()
        {
            TimeMs = _session.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Kind = kind,
            Pool = _session.Name,
            Slice = slice,
            Host = host,
            Reason = reason,
            Source = _session.Owner,
        };
        _queue.Writer.TryWrite(item);
        Tell(item);
    }

    // A listener's defect is its own: it must not end renewals or watching, from whose loops this is called.
    private void Tell(PoolEvent item)
    {
        try
        {
            _onNoted(item);
        }
        catch (Exception exception)
        {
            _queue.Writer.TryWrite(item with { Reason = $"a listener of events failed: {exception.Message}" });
        }
    }

    /// <summary>Waits until everything noted is stored, but not for long.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _end.CancelAfter(s_endLimit);
        await _loop;
        _end.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            List<PoolEvent> items = [];
            while (items.Count < 100 && _queue.Reader.TryRead(out PoolEvent? item))
            {
                items.Add(item);
            }

            await StoreAsync(items);
        }
    }

    private async Task StoreAsync(List<PoolEvent> items)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _session.Store.NoteAsync(items, _end.Token);
                return;
            }
            catch (SlicePoolException)
            {
                // The store is away or refuses: listeners have been told, and leases matter more than this.
                await Task.Delay(s_retry, _session.Clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
