using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>Makes loggers that write to standard error.</summary>
internal sealed class StderrLoggerFactory : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new StderrLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Loggers of the store write to standard error only.");

    public void Dispose() { }
}
