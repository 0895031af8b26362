namespace Eformer.Pool.HostWorker.Functions;

/// <summary>Asks a function to stop. What it does about that never runs on the thread that asks. Thread-safe.</summary>
internal sealed class FunctionStop : IAsyncDisposable
{
    private readonly CancellationTokenSource _source = new();
    private volatile Task _asked = Task.CompletedTask;

    /// <summary>The function's token.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Completes when what the function does about its stop is done; fails as that does.</summary>
    public Task Asked => _asked;

    /// <summary>Asks it. Must not be called any more when this is disposed of.</summary>
    public void Ask() => _asked = _source.CancelAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What failed was told as the function's end, or came after that.
        await _asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _source.Dispose();
    }
}
