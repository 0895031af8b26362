using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Finds out whether a connection that is down is so because the server does not let us in any more. Thread-safe.</summary>
/// <remarks>The errors of calls do not tell: StackExchange.Redis quotes in them only what happened last, which is that the socket was closed.</remarks>
/// <param name="connection">The connection.</param>
/// <param name="diagnose">Asks the server itself what is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class LoginWatch(ConnectionMultiplexer connection, Func<Task<SlicePoolException>> diagnose, TimeProvider time)
{
    private readonly OnceASecond _asking = new(time);
    private volatile bool _isRefused;

    /// <summary>We are connected again: what was found out is of the past.</summary>
    public void Forget() => _isRefused = false;

    /// <summary>Whether the server refused our user or password when it was asked, and we are not connected since.</summary>
    public bool IsRefused => _isRefused && !connection.IsConnected;

    /// <summary>A call failed: asks, if we are not connected.</summary>
    public Task SuspectAsync() => connection.IsConnected ? Task.CompletedTask : _asking.TryAsync(AskAsync);

    private async Task AskAsync() => _isRefused = (await diagnose()).ErrorId == "StoreAuthentication";
}
