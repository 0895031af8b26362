using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>Writes warnings and worse to standard error. The console logger would cost a tenth of the start-up time.</summary>
/// <param name="category">What they are about.</param>
/// <param name="onUnwritten">Told why the server could not write its log; it tells nobody but its logger.</param>
internal sealed class StderrLogger(string category, Action<string> onUnwritten) : ILogger
{
    private const string Unwritten = "AsyncFlushPageCallback error: ";

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
            string text = formatter(state, exception);
            Console.Error.WriteLine($"{logLevel}: {category}: {text}{Describe(exception)}");
            if (text.StartsWith(Unwritten, StringComparison.Ordinal))
            {
                onUnwritten(text[Unwritten.Length..].Split('\n')[0]);
            }
        }
    }

    private static string Describe(Exception? exception) => exception is null ? "" : $" ({exception})";
}
