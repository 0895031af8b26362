using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>One subscription: hands messages to its handler in order, one at a time.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly ChannelMessageQueue _queue;
    private readonly Task _pump;

    public Listener(ChannelMessageQueue queue, Action<ReadOnlyMemory<byte>> handler)
    {
        _queue = queue;
        _pump = PumpAsync(queue, handler);
    }

    /// <summary>Ends the subscription. An exception of the handler, which ended it before, comes out here.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _queue.UnsubscribeAsync();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The store is away, and the subscription goes with the connection; whoever disposes has worse to tell.
            return;
        }

        await _pump;
    }

    private static async Task PumpAsync(ChannelMessageQueue queue, Action<ReadOnlyMemory<byte>> handler)
    {
        await foreach (ChannelMessage message in queue)
        {
            handler(message.Message);
        }
    }
}
