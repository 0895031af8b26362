using System.Diagnostics;
using Eformer.Pool.Bench.Driving;
using Eformer.Pool.Bench.Measuring;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Store;

namespace Eformer.Pool.Bench.Works;

/// <summary>Many stored runs, listed as Get-SlicePoolRun does it. They are stored when they are first listed.</summary>
internal sealed class StoredRuns(BenchOptions options) : IWorks
{
    private const string Fleet = "bench";
    private const int Runs = 10_000;
    private const int AtOnce = 500;
    private const long LifeMs = 3_600_000;
    private IStoreServer? _server;
    private RunDirectory? _directory;

    /// <inheritdoc/>
    public IReadOnlyList<Work> Works =>
    [
        ListedOn("the embedded store", static async () => await EmbeddedStore.StartAsync()),
        .. RedisServer.IsInstalled ? [ListedOn("redis", static async () => await RedisServer.StartAsync())] : Array.Empty<Work>(),
    ];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => RestAsync();

    /// <inheritdoc/>
    public async ValueTask RestAsync()
    {
        if (_directory is not null)
        {
            await _directory.DisposeAsync();
            await _server!.DisposeAsync();
        }

        (_directory, _server) = (null, null);
    }

    private Work ListedOn(string server, Func<Task<IStoreServer>> start) => new($"list {Runs:N0} stored runs, {server}", async () =>
    {
        if (_server?.Name != server)
        {
            await RestAsync();
            await StoreRunsAsync(_server = await start());
        }

        long begun = Stopwatch.GetTimestamp();
        IReadOnlyList<RunInfo> listed = await _directory!.ListAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        return listed.Count == Runs ? took : throw new InvalidOperationException($"{listed.Count} runs were listed.");
    })
    {
        Repetitions = options.Placements,
    };

    private async Task StoreRunsAsync(IStoreServer server)
    {
        StoreOptions store = server.Address.ToOptions(Fleet);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ef-");
        string keys = Path.Combine(folder.FullName, "keys.json");
        FleetKeys.Create(Fleet).Save(keys);
        _directory = await RunDirectory.OpenAsync(store, keys);
        folder.Delete(recursive: true);
        await using IPoolStore direct = await StoreLoader.OpenAsync(store, CancellationToken.None);
        foreach (int[] some in Enumerable.Range(0, Runs).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(number => direct.SubmitAsync(Run(number), CancellationToken.None)));
        }
    }

    private static RunSubmission Run(int number)
    {
        string id = Guid.NewGuid().ToString("N");
        return new RunSubmission(id, "1"u8.ToArray(), LifeMs, [])
        {
            Manifest = "none"u8.ToArray(),
            Listing = new RunListing(id, "night", "ann", "driver", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + number, 8, "'hello'", []),
        };
    }
}
