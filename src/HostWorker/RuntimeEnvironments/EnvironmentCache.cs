using System.Runtime.CompilerServices;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>The runtime environments on this machine: fetched by hash, verified, given to leases, cleaned. Thread-safe.</summary>
/// <remarks>One for each agent: the agent's lock keeps others from its folder. Without files nothing is written and nobody is asked.</remarks>
internal sealed partial class EnvironmentCache : IAsyncDisposable
{
    private readonly CacheFolders _folders;
    private readonly CacheLimits _limits;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly BlobCache _blobs;
    private readonly FileLayout _layout;
    private readonly ModuleFolders _modules;
    private readonly ConditionalWeakTable<EnvironmentManifest, EnvironmentManifest> _sound = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Host, string LeaseId), LeaseCopies> _leases = [];

    /// <summary>Takes over the cache below an agent's state folder; what its earlier life left half-done, and its leases' copies, go.</summary>
    public EnvironmentCache(string stateFolder, CacheLimits limits, TimeProvider clock, ILogger logger)
    {
        _folders = new CacheFolders(Path.Combine(stateFolder, CacheFolders.Name));
        (_limits, _clock, _logger) = (limits, clock, logger);
        _blobs = new BlobCache(_folders, clock);
        _layout = new FileLayout(_folders, _blobs);
        _modules = new ModuleFolders(_folders, _blobs, _layout, clock);
        if (_folders.Exist)
        {
            Remove(_folders.Incoming);
            Remove(_folders.Leases);
            _ = CleanAsync();
        }
    }

    /// <summary>Makes an environment ready for a lease on a host. What the same lease had ready there before is given again as it is now.</summary>
    /// <param name="store">Where files that are not here come from.</param>
    /// <param name="manifest">The environment.</param>
    /// <param name="host">The host.</param>
    /// <param name="leaseId">The lease it is for; <see cref="ReleaseAsync"/> must follow when that ends.</param>
    /// <param name="cancellationToken">Stops waiting; files that others wait for are fetched on.</param>
    /// <exception cref="SlicePoolException"><c>EnvironmentRefused</c>, <c>EnvironmentUnavailable</c>, and the store's errors.</exception>
    public async Task<RunnerSetup> PrepareAsync(
        IPoolStore store, EnvironmentManifest manifest, string host, string leaseId, CancellationToken cancellationToken)
    {
        // All hosts of a command have the same one.
        if (!_sound.TryGetValue(manifest, out _))
        {
            ManifestCheck.Check(manifest);
            _sound.TryAdd(manifest, manifest);
        }

        if (manifest.Files.Count == 0)
        {
            return SetupOf(manifest, null);
        }

        LeaseCopies lease = Use(host, leaseId, manifest.Hash);
        await lease.Gate.WaitAsync(cancellationToken);
        try
        {
            if (lease.HasEnded)
            {
                throw CacheErrors.Ended();
            }

            if (!lease.Ready.TryGetValue(manifest.Hash, out RunnerSetup? setup))
            {
                setup = await MakeAsync(store, manifest, lease, leaseId, cancellationToken);
                lease.Ready.Add(manifest.Hash, setup);
            }

            return setup;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.NoPlace(manifest.Files[0].Path, exception);
        }
        finally
        {
            lease.Gate.Release();
        }
    }

    /// <summary>Removes a lease's copies on a host. To be called when nothing of the lease runs there any more; once more does no harm.</summary>
    public async Task ReleaseAsync(string host, string leaseId)
    {
        LeaseCopies? lease;
        lock (_gate)
        {
            if (!_leases.TryGetValue((host, leaseId), out lease))
            {
                return;
            }
        }

        await lease.Gate.WaitAsync();
        lease.HasEnded = true;
        Remove(lease.Folder);
        foreach (string hash in lease.InUse)
        {
            _modules.Touch(hash);
        }

        lock (_gate)
        {
            _leases.Remove((host, leaseId));
        }

        lease.Gate.Release();
        _ = CleanAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _blobs.DisposeAsync();
        await _cleaning;
        _modules.Dispose();
    }

    private async Task<RunnerSetup> MakeAsync(
        IPoolStore store, EnvironmentManifest manifest, LeaseCopies lease, string leaseId, CancellationToken cancellationToken)
    {
        _folders.Make();
        using IDisposable pinned = _blobs.Pin(manifest.Files);
        ShippedFile[] modules = [.. manifest.Files.Where(file => file.Path.StartsWith(ShippedPath.Modules, StringComparison.Ordinal))];
        ShippedFile[] files = [.. manifest.Files.Except(modules)];
        if (modules.Length > 0)
        {
            await _modules.EnsureAsync(store, manifest.Hash, modules, leaseId, cancellationToken);
        }

        if (files.Length == 0)
        {
            return SetupOf(manifest, null);
        }

        string folder = Path.Combine(lease.Folder, manifest.Hash);
        await _blobs.EnsureAsync(store, files, cancellationToken);
        await _layout.MakeAsync(store, files, ShippedPath.Files, folder, readOnly: false, cancellationToken);
        return SetupOf(manifest, folder);
    }

    private RunnerSetup SetupOf(EnvironmentManifest manifest, string? filesFolder) => new(
        manifest.Hash,
        manifest.Functions,
        [.. manifest.Modules.Select(path => Path.Combine(_modules.PathOf(manifest.Hash), path[ShippedPath.Modules.Length..]))],
        filesFolder,
        manifest.InitializationScript)
    {
        ModulesFolder = _modules.PathOf(manifest.Hash),
    };

    private LeaseCopies Use(string host, string leaseId, string hash)
    {
        if (!PoolName.IsValid(host) || !ShippedPath.IsSafeName(leaseId))
        {
            throw CacheErrors.Refused("its host or lease has no valid name");
        }

        lock (_gate)
        {
            if (!_leases.TryGetValue((host, leaseId), out LeaseCopies? lease))
            {
                _leases.Add((host, leaseId), lease = new LeaseCopies(Path.Combine(_folders.Leases, host, leaseId)));
            }

            lease.InUse.Add(hash);
            return lease;
        }
    }

    private void Remove(string folder)
    {
        if (FolderRemoval.TryRemove(folder) is { } why)
        {
            LogNotRemoved(folder, why);
        }
    }

    [LoggerMessage(1003, LogLevel.Warning, "'{Folder}' was not removed: {Reason}")]
    private partial void LogNotRemoved(string folder, string reason);
}
