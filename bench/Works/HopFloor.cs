using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.Bench.Works;

/// <summary>A request that is stored, announced and taken by another process, and its answer the same way back: the least a durable call costs.</summary>
internal sealed class HopFloor : IAsyncDisposable
{
    /// <summary>List and doorbell of requests.</summary>
    public const string There = "hop-there";

    /// <summary>List and doorbell of answers.</summary>
    public const string Back = "hop-back";

    private static readonly byte[] s_request = new byte[200];
    private readonly Process _peer;
    private readonly IDatabase _database;
    private TaskCompletionSource _answered = new();

    private HopFloor(Process peer, IDatabase database) => (_peer, _database) = (peer, database);

    /// <summary>Starts the other process.</summary>
    public static async Task<HopFloor> StartAsync(StoreFile store, ConnectionMultiplexer connection)
    {
        Process peer = ChildProcess.Start(ChildProcess.Self, HopPeer.Verb);
        HopFloor hop = new(peer, connection.GetDatabase());
        await peer.StandardInput.WriteLineAsync(store.Endpoint);
        await peer.StandardInput.WriteLineAsync(store.Password);
        await peer.StandardInput.FlushAsync();
        ChannelMessageQueue bell = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(Back));
        bell.OnMessage(_ => hop._answered.TrySetResult());
        await ChildProcess.AwaitLineAsync(peer, "ready");
        return hop;
    }

    /// <summary>Times one.</summary>
    public async Task<TimeSpan> OnceAsync()
    {
        long start = Stopwatch.GetTimestamp();
        TaskCompletionSource answered = _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(_database, There, s_request);
        await answered.Task;
        await _database.ListLeftPopAsync(Back);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Stores a message and rings for it, in one packet.</summary>
    public static Task SendAsync(IDatabase database, string where, RedisValue message) => Task.WhenAll(
        database.ListRightPushAsync(where, message), database.PublishAsync(RedisChannel.Literal(where), ""));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _peer.StandardInput.Close();
        await _peer.WaitForExitAsync();
        _peer.Dispose();
    }
}
