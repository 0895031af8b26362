using Eformer.Pool.HostWorker.Ownership;
using Microsoft.Extensions.Hosting;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The lifetime of an agent that belongs to a driver: it ends with its owner or on SIGTERM, and not on the owner's Ctrl+C.</summary>
internal sealed class OwnedLifetime(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private readonly StopSignals _signals = new(owned: true);

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _ = Task.WhenAny(_signals.Stopped, StdinOwner.WaitAsync())
            .ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.Dispose();
}
