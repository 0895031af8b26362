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
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(100);
    private readonly string _folder = PrivateFolder.CreateTemporary("eformer-");
    private WorkerProcess? _store;
    private AgentSupervisor? _agent;

    private LocalFleet(FleetKeys keys)
    {
        Keys = keys;
    }

    /// <summary>How to reach its store.</summary>
    public StoreOptions Store { get; private set; } = new() { Connection = "" };

    /// <summary>Its keys.</summary>
    public FleetKeys Keys { get; }

    private string StoreFolder => Path.Combine(_folder, "store");

    /// <summary>Starts everything and waits until the store says that it is ready; its hosts register meanwhile.</summary>
    public static async Task<LocalFleet> StartAsync(SlicePoolOptions options, CancellationToken cancellationToken)
    {
        string program = WorkerProgram.Find(options.WorkerFolder);
        LocalFleet local = new(FleetKeys.Create("local-" + RandomNumberGenerator.GetHexString(12, lowercase: true)));
        try
        {
            PrivateFolder.Create(local.StoreFolder);
            // Both at once: the agent warms its runners while the store starts, and waits for the store's file.
            local._store = WorkerProcess.Start(program, ["store", "--directory", local.StoreFolder, "--owned", "--ephemeral"], BootClock.Instance);
            local._agent = new AgentSupervisor(() => WorkerProcess.Start(program, local.AgentArguments(options), BootClock.Instance), BootClock.Instance);
            await local._store.WaitReadyAsync(s_startLimit, cancellationToken);
            StoreFile file = await StoreFile.ReadAsync(StoreFile.PathIn(local.StoreFolder), cancellationToken);
            local.Store = file.ToOptions(local.Keys.Fleet);
            return local;
        }
        catch (Exception exception)
        {
            await local.DisposeAsync();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw PrivateFolder.TemporaryUnusable(local._folder, exception);
            }

            throw;
        }
    }

    /// <summary>Connects to its store.</summary>
    /// <remarks>
    /// A store elsewhere that does not answer in time is told at once, for nobody knows whether it is there. This one has said that it is ready:
    /// on a machine that is busy, not least with starting the hosts' runners, it may just have had no turn yet.
    /// </remarks>
    /// <exception cref="SlicePoolException"><c>StoreUnreachable</c>: it ended, or has not answered for 30 seconds.</exception>
    public async Task<IPoolStore> ConnectAsync(CancellationToken cancellationToken)
    {
        BootClock clock = BootClock.Instance;
        long start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await StoreLoader.OpenAsync(Store, cancellationToken);
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable" && !_store!.HasEnded && clock.GetElapsedTime(start) < s_startLimit)
            {
                await Task.Delay(s_retry, clock, cancellationToken);
            }
        }
    }

    /// <summary>Waits until the hosts are registered.</summary>
    public Task WaitForHostsAsync(CancellationToken cancellationToken) => _agent!.WaitReadyAsync(s_startLimit, cancellationToken);

    /// <summary>Ends agent, then store, and removes their folder.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_agent?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }

    private List<string> AgentArguments(SlicePoolOptions options)
    {
        string state = PrivateFolder.Create(Path.Combine(_folder, "agent"));
        string keyFile = Path.Combine(state, "keys.json");
        if (!File.Exists(keyFile))
        {
            // An agent that was killed left them; one that ended took them along.
            Keys.Save(keyFile);
        }

        List<string> arguments =
        [
            "agent", "--store-file", StoreFile.PathIn(StoreFolder), "--fleet", Keys.Fleet, "--keys", keyFile, "--state", state,
            "--emulate", string.Create(CultureInfo.InvariantCulture, $"{options.LocalSliceCount}x{options.HostsPerSlice}"),
            "--owned", "--ephemeral",
        ];
        if (options.PowerShellHome is not null)
        {
            arguments.AddRange(["--pwsh", options.PowerShellHome]);
        }

        return arguments;
    }
}
