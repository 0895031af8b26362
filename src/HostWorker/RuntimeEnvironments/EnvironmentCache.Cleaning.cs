using Microsoft.Extensions.Logging;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

internal sealed partial class EnvironmentCache
{
    private Task _cleaning = Task.CompletedTask;

    /// <summary>Removes what is old, or too much, in the background.</summary>
    /// <returns>Ends when that is done, or the cleaning that was under way.</returns>
    public Task CleanAsync()
    {
        lock (_gate)
        {
            return _cleaning = _cleaning.IsCompleted ? Task.Run(Clean) : _cleaning;
        }
    }

    private void Clean()
    {
        try
        {
            long freed = CacheCleaner.Clean([.. Blobs(), .. Modules()], _limits, _clock.GetUtcNow().UtcDateTime);
            if (freed > 0)
            {
                LogCleaned(freed);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Things come and go while it looks; the next lease that ends cleans again.
            LogNotCleaned(exception.Message);
        }
    }

    private IEnumerable<CacheEntry> Blobs() => FoldersOf(_folders.Blobs).SelectMany(folder => folder.EnumerateFiles()).Select(file =>
        new CacheEntry(file.FullName, file.Length, file.LastWriteTimeUtc, () => _blobs.TryRemove(file.FullName)));

    private IEnumerable<CacheEntry> Modules() => FoldersOf(_folders.Modules).Select(folder =>
        new CacheEntry(folder.FullName, CacheCleaner.SizeOf(folder), folder.LastWriteTimeUtc, () => TryRemoveModules(folder.Name)));

    // Never by way of a link: what it leads to is not the cache's.
    private static IEnumerable<DirectoryInfo> FoldersOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateDirectories().Where(folder => folder.LinkTarget is null)
        : [];

    private bool TryRemoveModules(string hash)
    {
        string aside;
        lock (_gate)
        {
            if (_leases.Values.Any(lease => lease.InUse.Contains(hash)))
            {
                return false;
            }

            aside = _modules.SetAside(hash);
        }

        Remove(aside);
        return true;
    }

    [LoggerMessage(1001, LogLevel.Information, "Removed {Bytes} bytes from the cache of runtime environments")]
    private partial void LogCleaned(long bytes);

    [LoggerMessage(1002, LogLevel.Warning, "The cache of runtime environments was not cleaned: {Reason}")]
    private partial void LogNotCleaned(string reason);
}
