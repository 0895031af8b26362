using System.Diagnostics;
using Eformer.Pool.Store;

namespace Eformer.Pool.Testing;

/// <summary>A server of our own: a process with a folder, both gone at the end.</summary>
public sealed class TestServer(Process process, string directory, StoreFile address) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Where it listens, and its password.</summary>
    public StoreFile Address => address;

    /// <summary>Options for connecting to it.</summary>
    public StoreOptions Options(string fleet) => address.ToOptions(fleet);

    /// <summary>Sends a signal: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</summary>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) => Signals.SendAsync(process.Id, signal, cancellationToken);

    /// <summary>Kills it. Its folder stays until it is disposed of.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        using CancellationTokenSource patience = new(s_patience, TimeProvider.System);
        await process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
