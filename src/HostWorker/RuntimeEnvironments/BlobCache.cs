using System.Collections.Concurrent;
using Eformer.Pool.Files;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>The files of runtime environments on this machine, by hash. Thread-safe.</summary>
internal sealed class BlobCache(CacheFolders folders, TimeProvider clock) : IAsyncDisposable
{
    private const int DownloadsAtOnce = 4;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _downloads = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(DownloadsAtOnce);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _pins = new(StringComparer.Ordinal);

    /// <summary>Keeps files from being cleaned away until disposed; whether they are there or not.</summary>
    public IDisposable Pin(IEnumerable<ShippedFile> files) => new Hold(this, [.. files.Select(file => file.Sha256)]);

    /// <summary>Makes sure that files are there. Those that are cost no question to the store.</summary>
    /// <exception cref="SlicePoolException"><c>EnvironmentUnavailable</c>, and the store's errors.</exception>
    public async Task EnsureAsync(IPoolStore store, IReadOnlyList<ShippedFile> files, CancellationToken cancellationToken)
    {
        ShippedFile[] lacking = [.. files.DistinctBy(file => file.Sha256).Where(file => !TryUse(file))];
        if (lacking.Length == 0)
        {
            return;
        }

        IReadOnlyList<BlobId> lost = await store.FindMissingBlobsAsync([.. lacking.Select(file => new BlobId(file.Sha256, file.Length))], cancellationToken);
        if (lost.Count > 0)
        {
            throw CacheErrors.Lost(lacking.First(file => file.Sha256 == lost[0].Sha256).Path);
        }

        await Task.WhenAll(lacking.Select(file => DownloadAsync(store, file, cancellationToken)));
    }

    /// <summary>Removes a file that is not what it should be.</summary>
    public void Discard(ShippedFile file) => File.Delete(folders.Blob(file.Sha256));

    /// <summary>Removes a file unless somebody uses it.</summary>
    public bool TryRemove(string path)
    {
        lock (_gate)
        {
            if (_pins.ContainsKey(Path.GetFileName(path)))
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_downloads.Values.Select(download => download.Value)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _slots.Dispose();
    }

    // One that is as long as it should be is believed to be there; what it holds is checked when it is copied.
    private bool TryUse(ShippedFile file)
    {
        FileInfo there = new(folders.Blob(file.Sha256));
        if (!there.Exists || there.LinkTarget is not null || there.Length != file.Length)
        {
            return false;
        }

        there.LastWriteTimeUtc = clock.GetUtcNow().UtcDateTime;
        return true;
    }

    // Shared by all who want it, so one who gives up does not end it for the others.
    private Task DownloadAsync(IPoolStore store, ShippedFile file, CancellationToken cancellationToken) =>
        _downloads.GetOrAdd(file.Sha256, _ => new Lazy<Task>(() => Task.Run(() => BringAsync(store, file), CancellationToken.None))).Value.WaitAsync(cancellationToken);

    private async Task BringAsync(IPoolStore store, ShippedFile file)
    {
        string temporary = folders.NewName();
        try
        {
            await _slots.WaitAsync(_end.Token);
            try
            {
                if (!TryUse(file))
                {
                    await new BlobDownload(store, file).RunAsync(temporary, _end.Token);
                    Place(temporary, file);
                }
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            _downloads.TryRemove(file.Sha256, out _);
            File.Delete(temporary);
        }
    }

    private void Place(string temporary, ShippedFile file)
    {
        string path = folders.Blob(file.Sha256);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        File.SetLastWriteTimeUtc(temporary, clock.GetUtcNow().UtcDateTime);
        File.Move(temporary, path, overwrite: true);
    }

    private sealed class Hold : IDisposable
    {
        private readonly BlobCache _cache;
        private readonly string[] _hashes;

        public Hold(BlobCache cache, string[] hashes)
        {
            (_cache, _hashes) = (cache, hashes);
            Count(1);
        }

        public void Dispose() => Count(-1);

        private void Count(int change)
        {
            lock (_cache._gate)
            {
                foreach (string hash in _hashes)
                {
                    int count = _cache._pins.GetValueOrDefault(hash) + change;
                    if (count > 0)
                    {
                        _cache._pins[hash] = count;
                    }
                    else
                    {
                        _cache._pins.Remove(hash);
                    }
                }
            }
        }
    }
}
