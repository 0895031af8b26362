using Eformer.Pool.Store;

namespace Eformer.Pool.Module.Runs;

/// <summary>Where a command looks for runs: the fleets of this session's pools, local ones among them, and the fleet of a store.</summary>
internal sealed class RunDirectories : IAsyncDisposable
{
    private readonly Dictionary<string, RunDirectory> _opened = new(StringComparer.Ordinal);

    /// <summary>Those of the pools of this session, each fleet once.</summary>
    public IReadOnlyList<RunDirectory> Owned { get; } =
        [.. SlicePoolDirectory.Owned.Where(pool => pool.State != PoolState.Removed).DistinctBy(pool => (pool.Store, pool.Fleet)).Select(pool => pool.GetManager().Runs())];

    /// <summary>That of a store's fleet, opened once.</summary>
    public async Task<RunDirectory> OpenAsync(StoreOptions store, string? keyFile, CancellationToken cancellationToken)
    {
        if (!_opened.TryGetValue(store.Fleet, out RunDirectory? directory))
        {
            directory = await RunDirectory.OpenAsync(store, keyFile, cancellationToken);
            _opened.Add(store.Fleet, directory);
        }

        return directory;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RunDirectory directory in _opened.Values)
        {
            await directory.DisposeAsync();
        }

        _opened.Clear();
    }
}
