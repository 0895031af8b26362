using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>An agent: <c>eformer-host agent</c> as a process of its own, with what it logs.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private AgentProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    /// <summary>Everything it has logged so far.</summary>
    public string Log => string.Join('\n', _log);

    public static AgentProcess Start(string marker, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(HostExecutable.Path, ["agent", "--owned", "--log-level", "information", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Processes.Marker] = marker;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AgentProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it says that its hosts are registered.</summary>
    public async Task WaitReadyAsync(CancellationToken cancellationToken)
    {
        string? line = await Eventually.AnswersAsync(_process.StandardOutput.ReadLineAsync(cancellationToken).AsTask(), cancellationToken);
        Assert.True(line == "ready", $"The agent said '{line}' instead of 'ready' and logged: {Log}");
    }

    /// <summary>How often its log has a text.</summary>
    public int Count(string text) => _log.Count(line => line.Contains(text, StringComparison.Ordinal));

    public Task SignalAsync(string signal) => Signals.SendAsync(Pid, signal, CancellationToken.None);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await Eventually.AnswersAsync(_process.WaitForExitAsync(cancellationToken), cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await Eventually.AnswersAsync(_process.WaitForExitAsync(CancellationToken.None), CancellationToken.None);
        _process.Dispose();
    }
}
