using System.Diagnostics;
using System.Text.Json;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;

namespace Eformer.Pool.Faults.Tests.Driver;

/// <summary>A driver in a process of its own, to be killed.</summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DriverProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Starts a driver that makes a pool of one slice and runs a script on it.</summary>
    public static DriverProcess Start(Fleet fleet, string pool, int hostsPerSlice, int leaseSec, string script, int keepSec = 0, string? runId = null)
    {
        StoreFile address = fleet.Server.Address;
        DriverOrder order = new(address.Endpoint, address.Password, fleet.Name, fleet.KeyFile, pool, 1, hostsPerSlice, leaseSec, script, keepSec, runId);
        string file = fleet.PathOf("driver.json");
        File.WriteAllText(file, JsonSerializer.Serialize(order));

        // Under 'dotnet exec' the process is dotnet, which has to be told the program.
        string program = typeof(DriverProcess).Assembly.Location;
        bool isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return new DriverProcess(Process.Start(Environment.ProcessPath!, isDotnet ? [program, "driver", file] : ["driver", file]));
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
