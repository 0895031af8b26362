using System.Runtime.CompilerServices;

namespace Eformer.Pool;

/// <summary>A remote function that was sent, and that goes on whether or not anybody waits. Await it for the results. Thread-safe.</summary>
/// <remarks>It is durable: another process attaches to it by its id for as long as the store keeps it.</remarks>
/// <typeparam name="T">The function's result.</typeparam>
public sealed class RunHandle<T> : IAsyncDisposable
{
    private readonly RunHandle _run;
    private readonly Task<HostResults<T>> _results;

    internal RunHandle(RunHandle run, Func<RunHandle, Task<HostResults<T>>> gather)
    {
        _run = run;
        _results = gather(run);
    }

    /// <summary>Identity of the run: attach to it with this.</summary>
    public string RunId => _run.RunId;

    /// <summary>The hosts it was sent to, in slot and host order.</summary>
    public IReadOnlyList<HostAddress> Hosts => _run.Hosts;

    /// <summary>The results, when every host has its end.</summary>
    public Task<HostResults<T>> Results => _results;

    /// <summary>Waits for the results.</summary>
    public TaskAwaiter<HostResults<T>> GetAwaiter() => _results.GetAwaiter();

    /// <summary>Asks all hosts to stop. The results still come, within 10 seconds.</summary>
    public Task CancelAsync(CancellationToken cancellationToken = default) => _run.CancelAsync(cancellationToken);

    /// <summary>Lets go of the run. One that this process started and that has not ended is cancelled first.</summary>
    public ValueTask DisposeAsync() => _run.DisposeAsync();
}
