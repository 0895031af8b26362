namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Removes what was not used for long, and what was used least lately when there is too much. Never what is in use.</summary>
internal static class CacheCleaner
{
    /// <summary>Removes.</summary>
    /// <returns>How many bytes it freed.</returns>
    public static long Clean(IEnumerable<CacheEntry> entries, CacheLimits limits, DateTime nowUtc)
    {
        CacheEntry[] oldestFirst = [.. entries.OrderBy(entry => entry.UsedUtc).ThenBy(entry => entry.Path, StringComparer.Ordinal)];
        long total = oldestFirst.Sum(entry => entry.Bytes);
        long freed = 0;
        foreach (CacheEntry entry in oldestFirst)
        {
            bool unwanted = nowUtc - entry.UsedUtc > limits.MaxAge || total - freed > limits.MaxBytes;
            if (unwanted && entry.TryRemove())
            {
                freed += entry.Bytes;
            }
        }

        return freed;
    }

    /// <summary>What a folder's files take; links are not followed.</summary>
    public static long SizeOf(DirectoryInfo folder)
    {
        long bytes = 0;
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", FolderRemoval.Everything).Where(entry => entry.LinkTarget is null))
        {
            bytes += entry is DirectoryInfo inner ? SizeOf(inner) : ((FileInfo)entry).Length;
        }

        return bytes;
    }
}
