using System.Runtime.Versioning;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class EnvironmentCacheTests : IAsyncDisposable
{
    private readonly CacheBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task What_a_driver_ships_is_there_as_it_was()
    {
        string tool = _bench.Write("tool.sh", "echo");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        byte[] large = BlobContent.Random((3 * BlobId.PieceBytes) + 7, 1).Bytes;
        _bench.Write("data/inner/large.bin", large);
        _bench.Write("data/empty", "");
        EnvironmentManifest manifest = await _bench.ShipAsync(new RuntimeEnvironment
        {
            Files = [tool, Path.GetDirectoryName(_bench.Write("data/a b"))!],
            Modules = [_bench.WriteModule("Night")],
            Functions = new Dictionary<string, string> { ["Get-Foo"] = "1" },
            InitializationScript = "2",
        });
        RunnerSetup setup = await _bench.PrepareAsync(manifest);
        Assert.Equal((manifest.Hash, "1", "2"), (setup.Hash, setup.Functions["Get-Foo"], setup.InitializationScript));
        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(setup.FilesFolder!, "data/inner/large.bin"), Token));
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(setup.FilesFolder!, "data/empty"), Token));
        Assert.True(File.Exists(Path.Combine(setup.FilesFolder!, "data/a b")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(setup.FilesFolder!, "tool.sh")));
        string module = Assert.Single(setup.Modules);
        Assert.EndsWith("/Night/Night.psm1", module, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(module));
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(module)!, "data/about.txt")));
        Assert.Empty(_bench.Files("incoming"));
    }

    [Fact]
    public async Task Without_files_nobody_is_asked_and_nothing_is_written()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(new RuntimeEnvironment { InitializationScript = "1" });
        _bench.Store.IsAway = true;
        RunnerSetup setup = await _bench.PrepareAsync(manifest);
        Assert.Equal(("1", null), (setup.InitializationScript, setup.FilesFolder));
        Assert.False(Directory.Exists(_bench.CacheFolder));
        await _bench.Cache.ReleaseAsync("h0", "l1");
    }

    [Fact]
    public async Task A_lease_keeps_its_copies_and_the_next_gets_others()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a"));
        RunnerSetup first = await _bench.PrepareAsync(manifest), other = await _bench.PrepareAsync(manifest, host: "h1");
        await File.WriteAllTextAsync(Path.Combine(first.FilesFolder!, "a"), "changed", Token);
        Assert.Same(first, await _bench.PrepareAsync(manifest));
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(other.FilesFolder!, "a"), Token));
        RunnerSetup next = await _bench.PrepareAsync(manifest, lease: "l2");
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(next.FilesFolder!, "a"), Token));
        await _bench.Cache.ReleaseAsync("h0", "l1");
        Assert.False(Directory.Exists(first.FilesFolder));
        Assert.True(Directory.Exists(next.FilesFolder));
        Assert.True(Directory.Exists(other.FilesFolder));
        await _bench.Cache.ReleaseAsync("h0", "l1");
    }

    [Fact]
    public async Task What_is_here_is_not_asked_for_again()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(new RuntimeEnvironment { Files = [_bench.Write("a")], Modules = [_bench.WriteModule("Night")] });
        await _bench.PrepareAsync(manifest);
        await _bench.RestartAsync();
        _bench.Store.IsAway = true;
        Assert.Single((await _bench.PrepareAsync(manifest, lease: "l2")).Modules);
    }

    [Fact]
    public async Task Copies_that_user_code_locked_are_removed_and_what_its_links_lead_to_stays()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(Path.GetDirectoryName(_bench.Write("data/a"))!);
        string files = (await _bench.PrepareAsync(manifest)).FilesFolder!, outside = Path.GetDirectoryName(_bench.Write("outside/x"))!;
        Directory.CreateSymbolicLink(Path.Combine(files, "link"), outside);
        File.SetUnixFileMode(Path.Combine(files, "data"), UnixFileMode.None);
        await _bench.Cache.ReleaseAsync("h0", "l1");
        Assert.False(Directory.Exists(files));
        Assert.True(File.Exists(Path.Combine(outside, "x")));
    }

    [Fact]
    public async Task Many_who_want_the_same_at_once_fetch_it_once()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(
            new RuntimeEnvironment { Files = [_bench.Write("a", BlobContent.Random(20 * BlobId.PieceBytes, 2).Bytes)], Modules = [_bench.WriteModule("Night")] });
        RunnerSetup[] setups = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => _bench.PrepareAsync(manifest, host: $"h{i}"), Token)));
        Assert.Equal(20 + 2, _bench.Store.Shelf.Reads);
        Assert.Equal(8, setups.Select(setup => setup.FilesFolder).Distinct().Count());
        Assert.Single(setups.SelectMany(setup => setup.Modules).Distinct());
    }

    [Fact]
    public async Task What_an_earlier_life_left_half_done_goes_and_so_do_its_leases_copies()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a"));
        await _bench.PrepareAsync(manifest);
        await File.WriteAllTextAsync(Path.Combine(_bench.CacheFolder, "incoming", "half"), "half", Token);
        await _bench.RestartAsync();
        Assert.Empty(_bench.Files("incoming"));
        Assert.Empty(_bench.Files("leases"));
        Assert.Single(_bench.Files("blobs"));
    }

    [Fact]
    public async Task One_who_gives_up_does_not_spoil_it_for_others()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a", BlobContent.Random(9 * BlobId.PieceBytes, 3).Bytes));
        using CancellationTokenSource stop = new();
        SlowStore slow = SlowStore.Around(_bench.Store);
        Task<RunnerSetup> first = _bench.Cache.PrepareAsync(slow.Store, manifest, "h0", "l1", stop.Token);
        Task<RunnerSetup> second = _bench.PrepareAsync(manifest, host: "h1", store: slow.Store);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        slow.Go();
        Assert.True(File.Exists(Path.Combine((await second).FilesFolder!, "a")));
        Assert.Equal(9, _bench.Store.Shelf.Reads);
    }

    [Fact]
    public async Task Large_files_pass_a_few_pieces_at_a_time()
    {
        byte[] content = BlobContent.Random(50 * 1024 * 1024, 4).Bytes;
        string path = _bench.Write("large", content);
        // Nothing passes before several are on their way: a piece that is quick would else be alone.
        SlowStore sent = SlowStore.Around(_bench.Store), fetched = SlowStore.Around(_bench.Store);
        Pool.RuntimeEnvironments.FileHashes hashes = new(TimeProvider.System);
        Pool.RuntimeEnvironments.EnvironmentPacker packer = new(hashes, Pool.RuntimeEnvironments.EnvironmentLimits.Default);
        Task<EnvironmentManifest?> sending = new Pool.RuntimeEnvironments.EnvironmentShipper(packer, hashes)
            .SendAsync(sent.Store, new RuntimeEnvironment { Files = [path] }, Token);
        await Eventually.HoldsAsync(() => sent.MostPuts > 1);
        sent.Go();
        EnvironmentManifest manifest = (await sending)!;
        Task<RunnerSetup> preparing = _bench.PrepareAsync(manifest, store: fetched.Store);
        await Eventually.HoldsAsync(() => fetched.MostReads > 1);
        fetched.Go();
        RunnerSetup setup = await preparing;
        Assert.Equal(CacheBench.Hash(content), CacheBench.Hash(await File.ReadAllBytesAsync(Path.Combine(setup.FilesFolder!, "large"), Token)));
        Assert.InRange(sent.MostPuts, 2, 8);
        Assert.InRange(fetched.MostReads, 2, 4);
    }
}
