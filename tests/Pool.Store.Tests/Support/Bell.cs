using System.Collections.Concurrent;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests.Support;

/// <summary>Listens to a doorbell and keeps what it hears.</summary>
internal sealed class Bell : IAsyncDisposable
{
    private IAsyncDisposable? _subscription;

    private Bell() { }

    public ConcurrentQueue<byte[]> Heard { get; } = new();

    public static async Task<Bell> ListenAsync(IPoolStore store, Doorbell doorbell, CancellationToken cancellationToken)
    {
        Bell bell = new();
        bell._subscription = await store.ListenAsync(doorbell, message => bell.Heard.Enqueue(message.ToArray()), cancellationToken);
        return bell;
    }

    /// <summary>Waits until something was heard, and gives the first of it.</summary>
    public async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        byte[]? message = null;
        await Eventually.TrueAsync(() => Task.FromResult(Heard.TryDequeue(out message)), "the doorbell rings", cancellationToken);
        return message!;
    }

    /// <summary>Sees that nothing more was heard. On a cluster a ring may be heard twice, so nothing is said of it.</summary>
    public void AssertQuiet(ServerKind kind)
    {
        if (kind != ServerKind.Cluster)
        {
            Assert.Empty(Heard);
        }
    }

    /// <summary>
    /// Waits until a log's entry is announced, or a later one. What was announced before is passed over: in a cluster it may come late, because
    /// servers pass on to each other what is published, and twice, because the client may listen to two of them.
    /// </summary>
    public async Task<LogNotice> NoticeAsync(long index, CancellationToken cancellationToken)
    {
        LogNotice notice;
        do
        {
            Assert.True(LogNotice.TryRead(await NextAsync(cancellationToken), out notice));
        }
        while (notice.Index < index);
        return notice;
    }

    public ValueTask DisposeAsync() => _subscription!.DisposeAsync();
}
