using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Writes each entry of the log as one line, the same in every culture: the console's own formatter tells the year of that culture's calendar.</summary>
internal sealed class LogLineFormatter(TimeProvider clock) : ConsoleFormatter(Line)
{
    /// <summary>Its name.</summary>
    public const string Line = "line";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string failure = logEntry.Exception is { } exception ? $" {exception}" : "";
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.GetLocalNow():yyyy-MM-ddTHH:mm:ss.fffzzz} {Short(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {(text + failure).ReplaceLineEndings(" ")}"));
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
