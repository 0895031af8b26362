using System.Security.Cryptography;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Files;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Functions;
using Eformer.Pool.HostWorker.Preemption;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.RuntimeEnvironments;
using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Topology;
using Eformer.Pool.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>The agent: warms runners, finds the store, and serves one incarnation after another until it is told to end.</summary>
internal sealed partial class AgentService(
    AgentOptions options, AgentExit exit, IHostApplicationLifetime lifetime, ILogger<AgentService> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    // The store of a local pool goes with its driver: nobody is left to hear it.
    private static readonly TimeSpan s_shortFarewell = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _clock = BootClock.Instance;
    private readonly StoreTrouble _trouble = new(BootClock.Instance, logger);
    private volatile RegisteredAgent? _incarnation;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (SlicePoolException exception)
        {
            LogCannotServe(exception.ErrorId, exception.Message, exception.RecommendedAction);
            exit.Code = AgentExit.Refused;
        }
        catch (Exception exception)
        {
            LogBroken(exception);
            exit.Code = AgentExit.Broken;
        }

        lifetime.StopApplication();
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        if (options.Store is { } named)
        {
            StoreLoader.Check(named);
        }

        FleetKeys keys = FleetKeys.Load(options.KeyFile ?? PrivateFolder.KeyFile(options.Fleet), options.Fleet);
        EngineInfo engine = EngineLocator.Locate(Enum.Parse<EngineChoice>(options.Engine, ignoreCase: true), options.PowerShellHome);
        using AgentLock only = AgentLock.Take(options.StateFolder);
        exit.OwnsState = true;
        FenceFile file = new(options.StateFolder);
        Dictionary<string, Fence> fences = file.Load();
        string sockets = await PrepareAsync(stoppingToken);
        await using EnvironmentCache environments = new(options.StateFolder, CacheLimits.Default, _clock, logger);
        LeaseFunctions functions = new(options.Functions);
        HostSlot[] slots = [.. options.Hosts.Registrations(engine.Description).Select(host => new HostSlot(
            host, RunnersOf(host, engine, sockets), fences.GetValueOrDefault(host.Host, Fence.None).Ended(), ReleaseAsync, _clock))];
        try
        {
            await Task.WhenAll(slots.Select(slot => slot.Runners.WarmAsync()));
            await using IPoolStore store = await OpenStoreAsync(stoppingToken);
            HealthWatch health = new(slots, file.TryAgain, _clock, () => _incarnation?.BeatNow());
            await using HealthLoop looking = new(health, _clock, logger);
            using GceMetadata? metadata = options.MetadataHost is { } where ? new GceMetadata(where) : null;
            await using PreemptionWatch preemption = new(PreemptionSources.Of(options, metadata, _clock), health.Preempt, _clock, logger);
            await preemption.StartAsync(stoppingToken);
            await ServeAsync(store, keys, slots, file, health, environments, functions, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(slots.Select(slot => slot.Runners.DisposeAsync().AsTask()));
            TryForget();
        }

        // Functions first: their files are among what was copied.
        Task ReleaseAsync(string host, string leaseId)
        {
            functions.Release(host, leaseId);
            return environments.ReleaseAsync(host, leaseId);
        }
    }

    // What an earlier life of this agent left must be gone before its hosts are offered again.
    private async Task<string> PrepareAsync(CancellationToken stoppingToken)
    {
        try
        {
            string sockets = PrivateFolder.Create(Path.Combine(options.StateFolder, "run"));
            RunnerLaunch.CheckFolder(sockets);
            await LeftoverRunners.EndAsync(sockets, _clock, stoppingToken);
            return sockets;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PrivateFolder.StateUnusable(options.StateFolder, exception);
        }
    }

    private HostRunners RunnersOf(HostRegistration host, EngineInfo engine, string sockets) => new(cancellationToken =>
        RunnerProcess.StartAsync(
            new RunnerStart { Engine = engine, SocketDirectory = sockets, Name = host.Host }, _clock, logger, cancellationToken), _clock, options.Hosts.StartsRunnersAhead);

    // Agents that emulate hosts may be many on one machine, for tests.
    private AgentIdentity Identity() => new(
        MachineIdentity.AgentId(options.Fleet, options.StateFolder),
        options.Hosts.EmulatedSlices > 0 ? "" : MachineIdentity.MachineOf(options.Fleet),
        MachineIdentity.BootId());

    private async Task ServeAsync(
        IPoolStore store, FleetKeys keys, HostSlot[] slots, FenceFile file, HealthWatch health, EnvironmentCache environments, LeaseFunctions functions, CancellationToken stoppingToken)
    {
        AgentIdentity identity = Identity();
        string incarnationId = NewIncarnation();
        while (!stoppingToken.IsCancellationRequested)
        {
            RegisteredAgent incarnation = new(store, keys, identity, slots, file, health, environments, functions, incarnationId, _trouble, _clock, logger)
            {
                Farewell = options.Ephemeral ? s_shortFarewell : s_farewell,
            };
            _incarnation = incarnation;
            try
            {
                if (await incarnation.ServeAsync(() => SayReady(store), stoppingToken) == HeartbeatStatus.Superseded)
                {
                    throw new SlicePoolException(
                        "AgentSuperseded", PoolErrorCategory.ResourceBusy, "Another agent has registered for this machine and fleet.",
                        "Run one agent per machine and fleet.");
                }
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
            {
                _trouble.Meet(this, exception);
                await Task.Delay(s_retry, _clock, stoppingToken);
            }

            // A registration that was not answered may still be carried out: as another incarnation it would supersede the next one.
            incarnationId = incarnation.IsRegistered ? NewIncarnation() : incarnationId;
        }
    }

    private void TryForget()
    {
        try
        {
            WorkerFile.Remove(options.StateFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it sees that its process is gone.
            LogNotTold(exception.Message);
        }
    }

    private void SayReady(IPoolStore store)
    {
        _trouble.Leave(this);
        try
        {
            WorkerFile.Write(
                options.StateFolder, store.Endpoint, options.Fleet, options.Hosts.Node, [.. options.Hosts.Registrations("").Select(host => host.Host)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It can serve; it is only not found by those who want to end it.
            LogNotTold(exception.Message);
        }

        exit.SayReady();
    }

    private static string NewIncarnation() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private async Task<IPoolStore> OpenStoreAsync(CancellationToken stoppingToken)
    {
        StoreOptions where = options.Store ?? await WaitForStoreFileAsync(stoppingToken);
        while (true)
        {
            try
            {
                return await StoreLoader.OpenAsync(where, stoppingToken);
            }
            catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
            {
                _trouble.Meet(this, exception);
                await Task.Delay(s_retry, _clock, stoppingToken);
            }
        }
    }

    private async Task<StoreOptions> WaitForStoreFileAsync(CancellationToken stoppingToken)
    {
        while (!File.Exists(options.StoreFile))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _clock, stoppingToken);
        }

        StoreFile file = await StoreFile.ReadAsync(options.StoreFile, stoppingToken);
        return file.ToOptions(options.Fleet) with { ClientName = "eformer-agent" };
    }

    [LoggerMessage(601, LogLevel.Information, "Stopped")]
    private partial void LogStopped();

    [LoggerMessage(602, LogLevel.Error, "{Id}: {Reason} {Advice}")]
    private partial void LogCannotServe(string id, string reason, string? advice);

    [LoggerMessage(604, LogLevel.Critical, "The agent failed in a way it should not")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(605, LogLevel.Warning, "What this worker is could not be written down: {Reason}")]
    private partial void LogNotTold(string reason);
}
