using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Runspaces for one run each. After the first the next one is opened ahead, in the background.</summary>
internal sealed class FreshRunspaces(EngineKind engine) : IDisposable
{
    private Task<HostedRunspace>? _next;
    private Task _closing = Task.CompletedTask;

    /// <summary>One that nothing has run in.</summary>
    public HostedRunspace Take()
    {
        Task<HostedRunspace>? next = _next;
        _next = null;
        return next is null ? HostedRunspace.Open(engine) : next.GetAwaiter().GetResult();
    }

    /// <summary>Closes one that was used and opens the next. Called when the run's end is told, so that nobody waits for it.</summary>
    public void Replace(HostedRunspace used)
    {
        _next = Task.Run(() => HostedRunspace.Open(engine));
        _closing = Task.WhenAll(_closing.IsCompletedSuccessfully ? Task.CompletedTask : _closing, Task.Run(used.Dispose));
    }

    /// <summary>Waits until those that were used are closed: what they run at their end is part of their runs.</summary>
    public void Dispose()
    {
        _closing.GetAwaiter().GetResult();
        if (_next is not null)
        {
            Take().Dispose();
        }
    }
}
