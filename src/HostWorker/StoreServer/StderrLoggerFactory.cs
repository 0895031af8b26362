using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>Makes loggers that write to standard error.</summary>
internal sealed class StderrLoggerFactory : ILoggerFactory
{
    private readonly TaskCompletionSource<string> _unwritten = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes, with the reason, when the server could not write what it has no memory for: it takes nothing more then, even when there is room again.</summary>
    public Task<string> Unwritten => _unwritten.Task;

    public ILogger CreateLogger(string categoryName) => new StderrLogger(categoryName, reason => _unwritten.TrySetResult(reason));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Loggers of the store write to standard error only.");

    public void Dispose() { }
}
