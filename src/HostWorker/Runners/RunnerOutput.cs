using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Empties what a runner and its children write to the console, so that nobody ever waits for a reader.</summary>
/// <remarks>It goes to the log, in lines, cut where it floods; the last of it is kept as evidence of a runner's death.</remarks>
internal sealed partial class RunnerOutput
{
    private const int KeptCharacters = 1000;
    private const int MaxReason = 200;
    private const int MaxLoggedLines = 1000;

    // How .NET begins its report of a crash; a stack trace follows that would push the reason out.
    private static readonly string[] s_crashes = ["Process terminated.", "Unhandled exception.", "Stack overflow.", "Fatal error."];

    // Grandchildren may hold the pipes for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _log;
    private readonly string _name;
    private readonly Queue<string> _lastErrors = new();
    private readonly Task _drained;
    private string? _crash;
    private int _kept;
    private int _logged;

    /// <summary>Starts to read.</summary>
    public RunnerOutput(Process process, string name, ILogger log)
    {
        _log = log;
        _name = name;
        _drained = Task.WhenAll(
            DrainAsync(process.StandardOutput, isError: false),
            DrainAsync(process.StandardError, isError: true));
    }

    /// <summary>Why it crashed, or the last lines of standard error, once the process has ended.</summary>
    public async Task<string> GetLastWordsAsync(TimeProvider clock)
    {
        await Task.WhenAny(_drained, Task.Delay(s_patience, clock)).ConfigureAwait(false);
        lock (_lastErrors)
        {
            return _crash ?? string.Join(' ', _lastErrors).Trim();
        }
    }

    /// <summary>Forgets the last words, which belong to an earlier run.</summary>
    public void Forget()
    {
        lock (_lastErrors)
        {
            _lastErrors.Clear();
            (_crash, _kept) = (null, 0);
        }
    }

    private async Task DrainAsync(StreamReader reader, bool isError)
    {
        char[] buffer = new char[4096];
        StringBuilder line = new();
        try
        {
            for (int count = 1; count > 0;)
            {
                count = await reader.ReadAsync(buffer).ConfigureAwait(false);
                Split(buffer.AsSpan(0, count), line, isError);
            }
        }
        catch (ObjectDisposedException)
        {
            LogClosed(_name);
        }

        Take(line, isError);
    }

    private void Split(ReadOnlySpan<char> text, StringBuilder line, bool isError)
    {
        foreach (char c in text)
        {
            if (c == '\n' || line.Length >= KeptCharacters)
            {
                Take(line, isError);
            }

            if (c is not ('\n' or '\r'))
            {
                line.Append(c);
            }
        }
    }

    private void Take(StringBuilder line, bool isError)
    {
        if (line.Length == 0)
        {
            return;
        }

        string text = line.ToString();
        line.Clear();
        if (isError)
        {
            Keep(text);
        }

        int number = Interlocked.Increment(ref _logged);
        if (number <= MaxLoggedLines)
        {
            LogLine(_name, text);
        }
        else if (number == MaxLoggedLines + 1)
        {
            LogTooMuch(_name, MaxLoggedLines);
        }
    }

    private void Keep(string text)
    {
        lock (_lastErrors)
        {
            if (_crash is null ? IsCrash(text) : IsStillReason(text))
            {
                _crash += _crash is null ? text : " " + text.Trim();
            }

            _lastErrors.Enqueue(text);
            _kept += text.Length;
            while (_kept > KeptCharacters)
            {
                _kept -= _lastErrors.Dequeue().Length;
            }
        }
    }

    private static bool IsCrash(string text) => Array.Exists(s_crashes, start => text.StartsWith(start, StringComparison.Ordinal));

    private bool IsStillReason(string text) => _crash!.Length < MaxReason && !text.TrimStart().StartsWith("at ", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Runner} wrote to the console: {Text}")]
    private partial void LogLine(string runner, string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Runner} wrote more than {Lines} lines to the console; the rest is not logged")]
    private partial void LogTooMuch(string runner, int lines);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The console of {Runner} was closed")]
    private partial void LogClosed(string runner);
}
