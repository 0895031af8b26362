using System.Threading.Channels;

namespace Eformer.Pool.Pools;

/// <summary>Lets one at a time change what a pool has. Thread-safe.</summary>
internal sealed class Turn
{
    // Whoever has the one token has the turn.
    private readonly Channel<bool> _token = Channel.CreateBounded<bool>(1);

    public Turn() => GiveBack();

    /// <summary>Works when nobody else does.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _token.Reader.ReadAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            GiveBack();
        }
    }

    /// <summary>Works when nobody else does.</summary>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                await work();
                return true;
            },
            cancellationToken);

    /// <summary>Works when nobody else does right now; else does nothing.</summary>
    public async Task TryRunAsync(Func<Task> work)
    {
        if (!_token.Reader.TryRead(out _))
        {
            return;
        }

        try
        {
            await work();
        }
        finally
        {
            GiveBack();
        }
    }

    private void GiveBack() => _token.Writer.TryWrite(true);
}
