using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>Writes warnings and worse to standard error. The console logger would cost a tenth of the start-up time.</summary>
internal sealed class StderrLogger(string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        // Background tasks that end because the store ends are no trouble.
        if (IsEnabled(logLevel) && exception is not OperationCanceledException)
        {
            Console.Error.WriteLine($"{logLevel}: {category}: {formatter(state, exception)}{Describe(exception)}");
        }
    }

    private static string Describe(Exception? exception) => exception is null ? "" : $" ({exception})";
}
