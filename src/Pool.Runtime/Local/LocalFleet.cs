using System.Globalization;
using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Files;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Local;

/// <summary>A fleet of this machine's own processes: an embedded store and one agent that emulates the hosts.</summary>
/// <remarks>It has a random name and its own keys, so nothing needs configuring and no two can meet.</remarks>
internal sealed class LocalFleet : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly WorkerProcess _store;
    private readonly WorkerProcess _agent;

    private LocalFleet(string folder, FleetKeys keys, WorkerProcess store, WorkerProcess agent)
    {
        _folder = folder;
        Keys = keys;
        _store = store;
        _agent = agent;
    }

    /// <summary>How to reach its store.</summary>
    public StoreOptions Store { get; private set; } = new() { Connection = "" };

    /// <summary>Its keys.</summary>
    public FleetKeys Keys { get; }

    /// <summary>Starts everything and waits until the store answers and the hosts are registered.</summary>
    public static async Task<LocalFleet> StartAsync(SlicePoolOptions options, CancellationToken cancellationToken)
    {
        string program = WorkerProgram.Find(options.WorkerFolder);
        string fleet = "local-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        FleetKeys keys = FleetKeys.Create(fleet);
        string folder = PrivateFolder.CreateTemporary("eformer-");
        LocalFleet local = Launch(program, options, keys, folder);
        try
        {
            await local._store.WaitReadyAsync(s_startLimit, cancellationToken);
            StoreFile file = await StoreFile.ReadAsync(StoreFile.PathIn(Path.Combine(folder, "store")), cancellationToken);
            local.Store = file.ToOptions(fleet);
            await local._agent.WaitReadyAsync(s_startLimit, cancellationToken);
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends agent, then store, and removes their folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _store.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    // Both at once: the agent warms its runners while the store starts, and waits for the store's file.
    private static LocalFleet Launch(string program, SlicePoolOptions options, FleetKeys keys, string folder)
    {
        string storeFolder = PrivateFolder.Create(Path.Combine(folder, "store"));
        string agentFolder = PrivateFolder.Create(Path.Combine(folder, "agent"));
        string keyFile = Path.Combine(agentFolder, "keys.json");
        keys.Save(keyFile);
        string hosts = string.Create(CultureInfo.InvariantCulture, $"{options.LocalSliceCount}x{options.HostsPerSlice}");
        WorkerProcess store = WorkerProcess.Start(
            program, ["store", "--directory", storeFolder, "--owned", "--ephemeral"], BootClock.Instance);
        List<string> agent =
        [
            "agent", "--store-file", StoreFile.PathIn(storeFolder), "--fleet", keys.Fleet, "--keys", keyFile,
            "--emulate", hosts, "--state", agentFolder, "--owned", "--ephemeral",
        ];
        if (options.PowerShellHome is not null)
        {
            agent.AddRange(["--pwsh", options.PowerShellHome]);
        }

        return new LocalFleet(folder, keys, store, WorkerProcess.Start(program, agent, BootClock.Instance));
    }
}
