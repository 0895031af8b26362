using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>The modules of environments, one folder each, shared by all leases that use them. Thread-safe.</summary>
internal sealed class ModuleFolders(CacheFolders folders, BlobCache blobs, FileLayout layout, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    // The lease for which a folder was looked through last: what one lease does to it must not reach the next.
    private readonly Dictionary<string, string> _checkedFor = new(StringComparer.Ordinal);

    /// <summary>Where the modules of an environment are.</summary>
    public string PathOf(string hash) => Path.Combine(folders.Modules, hash);

    /// <summary>Makes the folder of an environment's modules, or makes sure that it is as it was made.</summary>
    /// <exception cref="SlicePoolException"><c>EnvironmentUnavailable</c>, and the store's errors.</exception>
    public async Task EnsureAsync(
        IPoolStore store, string hash, IReadOnlyList<ShippedFile> files, string leaseId, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            string folder = PathOf(hash);
            bool there = Directory.Exists(folder);
            if (there && _checkedFor.GetValueOrDefault(hash) != leaseId && !await FileLayout.IsIntactAsync(files, ShippedPath.Modules, folder, cancellationToken))
            {
                _ = FolderRemoval.TryRemove(SetAside(hash));
                there = false;
            }

            if (!there)
            {
                await blobs.EnsureAsync(store, files, cancellationToken);
                await layout.MakeAsync(store, files, ShippedPath.Modules, folder, readOnly: true, cancellationToken);
            }

            _checkedFor[hash] = leaseId;
            Touch(hash);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says that a folder is used now.</summary>
    public void Touch(string hash)
    {
        try
        {
            if (Directory.Exists(PathOf(hash)))
            {
                Directory.SetLastWriteTimeUtc(PathOf(hash), clock.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone in between, or taken from us by user code. Then it goes a little earlier, and is made again when it is needed.
        }
    }

    /// <summary>Takes a folder out of its place, at once.</summary>
    /// <returns>Where it is now, for <see cref="FolderRemoval.TryRemove"/>. What that cannot remove goes when the agent starts the next time.</returns>
    public string SetAside(string hash)
    {
        string aside = folders.NewName();
        Directory.Move(PathOf(hash), aside);
        return aside;
    }

    public void Dispose() => _gate.Dispose();
}
