using System.Collections.Concurrent;
using System.Diagnostics;

namespace Eformer.Pool.Faults.Tests.Driver;

/// <summary>A driver in a process of its own, to be killed.</summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private DriverProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    /// <summary>What it has printed so far: its records, and what ended it.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a driver that does what a file orders.</summary>
    public static DriverProcess Start(string file)
    {
        // Under 'dotnet exec' the process is dotnet, which has to be told the program.
        string program = typeof(DriverProcess).Assembly.Location;
        bool isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        ProcessStartInfo start = new(Environment.ProcessPath!, isDotnet ? [program, "driver", file] : ["driver", file]) { RedirectStandardError = true };
        return new DriverProcess(Process.Start(start)!);
    }

    public Task SignalAsync(string signal) => Signals.SendAsync(Pid, signal, CancellationToken.None);

    /// <summary>Completes when it has ended; its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
