using System.Runtime.Versioning;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class EvilManifestTests : IAsyncDisposable
{
    private static readonly string s_hash = CacheBench.Hash([1]);
    private readonly CacheBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task RefusedAsync(EnvironmentManifest manifest, string host = "h0", string lease = "l1")
    {
        // Nobody is asked for anything.
        _bench.Store.IsAway = true;
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => _bench.PrepareAsync(manifest, host, lease));
        Assert.Equal(("EnvironmentRefused", PoolErrorCategory.SecurityError), (error.ErrorId, error.Category));
        Assert.False(Directory.Exists(_bench.CacheFolder));
    }

    [Theory]
    [InlineData("/etc/passwd"), InlineData("files/../../x"), InlineData("../files/x"), InlineData("files/.."), InlineData("files/a/../../../b")]
    [InlineData("files/./x"), InlineData("files//x"), InlineData("files/"), InlineData("files"), InlineData(""), InlineData("x"), InlineData("leases/x")]
    [InlineData("files\\..\\x"), InlineData("files/a\\..\\..\\x"), InlineData("files/a\0b"), InlineData("files/a\nb"), InlineData("modules/x"), InlineData("modules/../x/y")]
    [InlineData("C:\\x"), InlineData("//server/share/x")]
    public Task Paths_that_lead_elsewhere_are_refused(string path) => RefusedAsync(CacheBench.Manifest(new ShippedFile(path, 1, s_hash, false)));

    [Fact]
    public async Task Files_that_stand_in_each_others_way_are_refused()
    {
        await RefusedAsync(CacheBench.Manifest(new("files/a", 1, s_hash, false), new("files/a", 1, s_hash, false)));
        await RefusedAsync(CacheBench.Manifest(new("files/a", 1, s_hash, false), new("files/a/b/c", 1, s_hash, false)));
    }

    [Theory]
    [InlineData(-1L), InlineData((1024L * 1024 * 1024) + 1), InlineData(long.MaxValue)]
    public Task Lengths_out_of_bounds_are_refused(long length) => RefusedAsync(CacheBench.Manifest(new ShippedFile("files/a", length, s_hash, false)));

    [Fact]
    public Task More_in_all_than_the_limit_is_refused() => RefusedAsync(CacheBench.Manifest(
        [.. Enumerable.Range(0, 5).Select(i => new ShippedFile($"files/{i}", 1024L * 1024 * 1024, s_hash, false))]));

    [Theory]
    [InlineData(""), InlineData("../../x"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public Task Hashes_that_are_none_are_refused(string hash) => RefusedAsync(CacheBench.Manifest(new ShippedFile("files/a", 1, hash, false)));

    [Fact]
    public async Task Nothing_may_take_the_place_of_another_environment()
    {
        EnvironmentManifest manifest = CacheBench.Manifest(new ShippedFile("files/a", 1, s_hash, false));
        await RefusedAsync(manifest with { Hash = s_hash });
        await RefusedAsync(manifest with { Hash = "../x" });
        await RefusedAsync(manifest with { InitializationScript = "more" });
    }

    [Fact]
    public async Task Only_shipped_modules_are_imported()
    {
        foreach (string module in (string[])["modules/m/other", "files/a", "/etc/x", "modules/m/../../x"])
        {
            EnvironmentManifest manifest = CacheBench.Manifest(new("files/a", 1, s_hash, false), new("modules/m/a", 1, s_hash, false)) with { Modules = [module] };
            await RefusedAsync(manifest with { Hash = EnvironmentHash.Of(manifest) });
        }
    }

    [Fact]
    public async Task What_has_no_value_is_refused()
    {
        EnvironmentManifest manifest = CacheBench.Manifest(new ShippedFile("files/a", 1, s_hash, false));
        await RefusedAsync(manifest with { Files = [null!] });
        await RefusedAsync(manifest with { Modules = [null!] });
        await RefusedAsync(manifest with { Functions = new Dictionary<string, string> { ["x"] = null! } });
        await RefusedAsync(CacheBench.Manifest(manifest.Files[0]) with { Files = [new ShippedFile(null!, 1, s_hash, false)] });
        await RefusedAsync(CacheBench.Manifest(manifest.Files[0]) with { Files = [new ShippedFile("files/a", 1, null!, false)] });
    }

    [Theory]
    [InlineData("h0", ".."), InlineData("h0", "a/b"), InlineData("h0", ""), InlineData("..", "l1"), InlineData("a/b", "l1")]
    public Task Hosts_and_leases_whose_names_are_paths_are_refused(string host, string lease) =>
        RefusedAsync(CacheBench.Manifest(new ShippedFile("files/a", 1, s_hash, false)), host, lease);
}
