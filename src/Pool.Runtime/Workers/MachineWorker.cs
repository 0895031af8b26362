using System.Diagnostics;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Files;
using Eformer.Pool.Local;
using Eformer.Pool.Store;
using Eformer.Pool.Time;
using Eformer.Pool.Workers;

namespace Eformer.Pool;

/// <summary>Starts and ends workers on this machine that outlive whoever started them.</summary>
/// <remarks>For a machine that is to serve after every boot, a service is better: <c>eformer-host agent</c> is ready for systemd.</remarks>
public static class MachineWorker
{
    private const string LogName = "worker.log";

    /// <summary>Starts a worker and waits until its hosts are registered.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>AgentRunning</c> when one serves this fleet here already; <c>WorkerFailed</c> with what it logged; <c>KeysNotFound</c> and the
    /// like; and the store's errors. No process is left then.
    /// </exception>
    public static async Task<WorkerInfo> StartAsync(WorkerOptions options, CancellationToken cancellationToken = default)
    {
        string fleet = options.Store.Fleet;
        string keyFile = options.KeyFile ?? PrivateFolder.KeyFile(fleet);
        StoreLoader.Check(options.Store);
        FleetKeys.Load(keyFile, fleet);
        string program = WorkerProgram.Find(options.WorkerFolder);
        string state = StateFolderOf(fleet, options.StateFolder);
        RefuseSecond(state);

        // An agent waits for a store that is away. Whoever starts one by hand rather hears that it is.
        await using (await StoreLoader.OpenAsync(options.Store, cancellationToken))
        {
        }

        string log = Path.Combine(Create(state), LogName);
        long logged = File.Exists(log) ? new FileInfo(log).Length : 0;
        using PasswordFile password = PasswordFile.Write(options.Store);
        WorkerProcess process = WorkerProcess.Start(
            program, WorkerArguments.Of(options, password, keyFile, state, log), BootClock.Instance);
        try
        {
            await process.WaitReadyAsync(options.StartLimit, cancellationToken);
            WorkerInfo worker = WorkerFile.Find(state) ?? throw new SlicePoolException(
                "WorkerFailed", PoolErrorCategory.ResourceUnavailable, "The worker ended right after it was ready.", $"Its log is '{log}'.", state);
            process.LetGo();
            return worker;
        }
        catch (Exception exception)
        {
            process.Terminate();
            await process.DisposeAsync();
            if (exception is SlicePoolException { ErrorId: "WorkerFailed" } failed)
            {
                throw WithLog(failed, log, logged);
            }

            throw;
        }
    }

    /// <summary>The worker that serves a fleet on this machine; null when none does.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="stateFolder">Its state folder; null for the usual place.</param>
    /// <exception cref="SlicePoolException"><c>WorkerFileDamaged</c>.</exception>
    public static WorkerInfo? Find(string fleet, string? stateFolder = null) => WorkerFile.Find(StateFolderOf(fleet, stateFolder));

    /// <summary>Asks a worker to end, and waits until it has: it clears its hosts first. One that has ended already is fine.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="force">Whether to kill it when it has not ended by then; what it ran ends with it.</param>
    /// <param name="cancellationToken">Stops waiting; it ends all the same.</param>
    /// <exception cref="SlicePoolException"><c>WorkerNotEnding</c>; <c>WorkerNotYours</c> when it is another user's.</exception>
    public static async Task StopAsync(WorkerInfo worker, TimeSpan limit, bool force = false, CancellationToken cancellationToken = default)
    {
        if (!await EndAsync(worker, ProcessSignal.Terminate, limit, cancellationToken)
            && !(force && await EndAsync(worker, ProcessSignal.Kill, limit, cancellationToken)))
        {
            throw new SlicePoolException(
                "WorkerNotEnding",
                PoolErrorCategory.OperationTimeout,
                $"The worker {worker} has not ended within {limit.TotalSeconds:0} seconds.",
                $"It ends when its hosts are clear; its log is '{Path.Combine(worker.StateFolder, LogName)}'. -Force kills it.",
                worker);
        }
    }

    private static async Task<bool> EndAsync(WorkerInfo worker, int signal, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!ProcessMark.IsAlive(worker.ProcessId, worker.Started))
        {
            return true;
        }

        using Process process = Process.GetProcessById(worker.ProcessId);
        if (!ProcessSignal.TrySend(worker.ProcessId, signal))
        {
            throw new SlicePoolException(
                "WorkerNotYours", PoolErrorCategory.SecurityError, $"The worker {worker} is another user's.",
                "End it as its user or as root; one that is a service with 'systemctl stop'.", worker);
        }

        using CancellationTokenSource patience = new(limit, BootClock.Instance);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Create(string state)
    {
        try
        {
            return PrivateFolder.Create(state);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw PrivateFolder.StateUnusable(state, exception);
        }
    }

    private static string StateFolderOf(string fleet, string? folder) =>
        Path.GetFullPath(folder ?? Path.Combine(PrivateFolder.StateRoot(), "agents", fleet));

    private static void RefuseSecond(string state)
    {
        if (WorkerFile.Find(state) is { } running)
        {
            throw new SlicePoolException(
                "AgentRunning", PoolErrorCategory.ResourceBusy, $"A worker serves there already: {running}.",
                "Run one agent per machine and fleet; Stop-HostWorker ends it.", running);
        }
    }

    // It logs to a file from the start, so its own streams say little.
    private static SlicePoolException WithLog(SlicePoolException failed, string log, long from)
    {
        string[] lines = [];
        if (File.Exists(log))
        {
            using FileStream stream = File.OpenRead(log);
            stream.Seek(Math.Min(from, stream.Length), SeekOrigin.Begin);
            using StreamReader reader = new(stream);
            lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(5)];
        }

        return new SlicePoolException(
            failed.ErrorId, failed.Category, $"{failed.Message}{(lines.Length > 0 ? $" It logged: {string.Join(" | ", lines)}" : "")}",
            $"Its log is '{log}'.", failed.Target, failed);
    }
}
