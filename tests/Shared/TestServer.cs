using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.Testing;

/// <summary>A server of our own: a process, or several that are one store, with a folder; all gone at the end.</summary>
public sealed class TestServer(IReadOnlyList<Func<Process>> starts, string directory, StoreFile address) : IAsyncDisposable
{
    private bool _ended;
    private readonly Process[] _processes = [.. starts.Select(start => start())];

    /// <summary>A server of one process.</summary>
    public TestServer(Func<Process> start, string directory, StoreFile address)
        : this([start], directory, address)
    {
    }

    /// <summary>Where it listens, and its password.</summary>
    public StoreFile Address => address;

    /// <summary>The ports of its processes, in their order.</summary>
    public IReadOnlyList<int> Ports => [.. address.Endpoint.Split(',').Select(endpoint => int.Parse(endpoint.Split(':')[1], CultureInfo.InvariantCulture))];

    /// <summary>Options for connecting to it.</summary>
    public StoreOptions Options(string fleet) => address.ToOptions(fleet);

    /// <summary>Sends a signal: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</summary>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) =>
        Task.WhenAll(_processes.Select(process => Signals.SendAsync(process.Id, signal, cancellationToken)));

    /// <summary>Sends a signal to one of its processes.</summary>
    public Task SignalAsync(int process, string signal, CancellationToken cancellationToken) => Signals.SendAsync(_processes[process].Id, signal, cancellationToken);

    /// <summary>Kills it. Its folder stays until it is disposed of.</summary>
    public Task KillAsync() => Task.WhenAll(Enumerable.Range(0, _processes.Length).Select(KillAsync));

    /// <summary>Kills one of its processes.</summary>
    public async Task KillAsync(int process)
    {
        _processes[process].Kill();
        await Eventually.AnswersAsync(_processes[process].WaitForExitAsync(CancellationToken.None), CancellationToken.None);
    }

    /// <summary>The same server as it is reached at another address. Ending that one ends nothing.</summary>
    public static TestServer At(StoreFile address) => new(() => new Process(), "", address);

    /// <summary>Makes a Redis server a replica of another and waits until it has its data; of nobody when null.</summary>
    public async Task FollowAsync(StoreFile? master, CancellationToken cancellationToken)
    {
        await using ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync($"{address.Endpoint},password={address.Password},allowAdmin=true");
        IDatabase server = raw.GetDatabase();
        if (master is null)
        {
            await server.ExecuteAsync("REPLICAOF", "NO", "ONE");
            return;
        }

        string[] parts = master.Endpoint.Split(':');
        await server.ExecuteAsync("CONFIG", "SET", "masterauth", master.Password);
        await server.ExecuteAsync("REPLICAOF", parts[0], parts[1]);
        await Eventually.TrueAsync(
            async () => ((string?)await server.ExecuteAsync("INFO", "replication"))!.Contains("master_link_status:up", StringComparison.Ordinal),
            "the replica has the master's data", cancellationToken);
    }

    /// <summary>Kills it and starts it again in its folder, so with what it had stored.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        await StartAgainAsync(cancellationToken);
    }

    /// <summary>Starts a killed one again in its folder.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, _processes.Length).Select(process => StartAgainAsync(process, cancellationToken)));

    /// <summary>Starts one of its processes again that was killed.</summary>
    public Task StartAgainAsync(int process, CancellationToken cancellationToken)
    {
        _processes[process].Dispose();
        _processes[process] = starts[process]();
        return ServerLauncher.AwaitAsync(this, Ports[process], cancellationToken);
    }

    /// <summary>Waits until all its processes listen; where one does not all are ended.</summary>
    public Task ListensAsync(CancellationToken cancellationToken) => Task.WhenAll(Ports.Select(port => ServerLauncher.AwaitAsync(this, port, cancellationToken)));

    // Where one of its processes never listens it is ended by whoever waited, for each of them, and by whoever started it.
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, true))
        {
            return;
        }

        await KillAsync();
        Array.ForEach(_processes, process => process.Dispose());
        Directory.Delete(directory, recursive: true);
    }
}
