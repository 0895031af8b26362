using System.Runtime.Versioning;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class SpoiltFileTests : IAsyncDisposable
{
    private readonly CacheBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task<SlicePoolException> UnavailableAsync(EnvironmentManifest manifest)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => _bench.PrepareAsync(manifest));
        Assert.Equal(("EnvironmentUnavailable", PoolErrorCategory.ResourceUnavailable), (error.ErrorId, error.Category));
        Assert.NotNull(error.RecommendedAction);
        Assert.Contains(manifest.Files[0].Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files("blobs"));
        Assert.Empty(_bench.Files("incoming"));
        Assert.Empty(_bench.Files("leases"));
        return error;
    }

    private void Spoil(Func<BlobModel, BlobModel> how)
    {
        (string hash, BlobModel blob) = _bench.Store.Shelf.Blobs.Single();
        _bench.Store.Shelf.Blobs[hash] = how(blob);
    }

    [Fact]
    public async Task What_the_store_lost_is_named()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a"));
        _bench.Store.Shelf.Blobs.Clear();
        await UnavailableAsync(manifest);
    }

    [Fact]
    public async Task A_blob_that_loses_a_piece_under_way_is_named()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a", BlobContent.Random(8 * BlobId.PieceBytes, 1).Bytes));
        Spoil(blob => blob with { Pieces = [.. blob.Pieces.Take(6)] });
        await UnavailableAsync(manifest);
    }

    [Theory]
    [InlineData("other"), InlineData("shorter"), InlineData("longer")]
    public async Task Wrong_content_is_never_used_and_the_next_run_sends_it_anew(string how)
    {
        string path = _bench.Write("a", BlobContent.Random((2 * BlobId.PieceBytes) + 9, 2).Bytes);
        EnvironmentManifest manifest = await _bench.ShipAsync(path);
        byte[] last = [.. _bench.Store.Shelf.Blobs.Values.Single().Pieces[2].Span];
        byte[] wrong = how == "other" ? [.. last[..8], (byte)~last[8]] : how == "shorter" ? last[..8] : [.. last, 1];
        Spoil(blob => blob with { Pieces = [.. blob.Pieces.Take(2), wrong] });
        await UnavailableAsync(manifest);
        await _bench.ShipAsync(path);
        Assert.NotNull((await _bench.PrepareAsync(manifest)).FilesFolder);
    }

    [Theory]
    [InlineData("other"), InlineData("shorter"), InlineData("link"), InlineData("locked")]
    public async Task A_file_of_the_cache_that_went_bad_is_fetched_again(string how)
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a", "content"));
        await _bench.PrepareAsync(manifest);
        string blob = _bench.BlobOf(manifest.Files[0].Sha256), other = _bench.Write("other", "CONTENT");
        File.Delete(blob);
        if (how == "link")
        {
            File.CreateSymbolicLink(blob, other);
        }
        else
        {
            await File.WriteAllTextAsync(blob, how == "other" ? "CONTENT" : "c", Token);
            File.SetUnixFileMode(blob, how == "locked" ? UnixFileMode.None : UnixFileMode.UserRead);
        }

        RunnerSetup setup = await _bench.PrepareAsync(manifest, lease: "l2");
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(setup.FilesFolder!, "a"), Token));
        Assert.Equal("CONTENT", await File.ReadAllTextAsync(other, Token));
    }

    [Theory]
    [InlineData("changed"), InlineData("added"), InlineData("removed"), InlineData("linked"), InlineData("folder")]
    public async Task What_one_lease_did_to_a_module_does_not_reach_the_next(string how)
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(new RuntimeEnvironment { Modules = [_bench.WriteModule("Night", "'good'")] });
        string module = (await _bench.PrepareAsync(manifest)).Modules[0], folder = Path.GetDirectoryName(module)!, evil = _bench.Write("evil", "'evil'");
        switch (how)
        {
            case "added":
                await File.WriteAllTextAsync(Path.Combine(folder, "Night.psd1"), "evil", Token);
                break;
            case "folder":
                Directory.Delete(Path.Combine(folder, "data"), recursive: true);
                Directory.CreateSymbolicLink(Path.Combine(folder, "data"), Path.GetDirectoryName(evil)!);
                break;
            default:
                File.Delete(module);
                File.Copy(evil, how == "changed" ? module : Path.Combine(folder, "data", "x"));
                if (how == "linked")
                {
                    File.Delete(Path.Combine(folder, "data", "x"));
                    File.CreateSymbolicLink(module, evil);
                }

                break;
        }

        Assert.Equal(module, (await _bench.PrepareAsync(manifest, lease: "l2")).Modules[0]);
        Assert.Equal("'good'", await File.ReadAllTextAsync(module, Token));
        Assert.Null(new FileInfo(module).LinkTarget);
        Assert.False(File.Exists(Path.Combine(folder, "Night.psd1")));
        Assert.Null(new DirectoryInfo(Path.Combine(folder, "data")).LinkTarget);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_apart_from_a_store_that_lost_it()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a"));
        Directory.CreateDirectory(Path.GetDirectoryName(_bench.CacheFolder)!);
        await File.WriteAllTextAsync(_bench.CacheFolder, "a file", Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => _bench.PrepareAsync(manifest));
        Assert.Equal("EnvironmentUnavailable", error.ErrorId);
        Assert.Contains("disk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_user_code_removed_or_blocked_is_an_error_of_one_lease_at_most()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(new RuntimeEnvironment { Files = [_bench.Write("a")], Modules = [_bench.WriteModule("Night")] });
        await _bench.PrepareAsync(manifest);
        Directory.Delete(_bench.CacheFolder, recursive: true);
        await _bench.Cache.ReleaseAsync("h0", "l1");
        Assert.Single((await _bench.PrepareAsync(manifest, lease: "l2")).Modules);
        await _bench.Cache.ReleaseAsync("h0", "l2");
        await _bench.Cache.CleanAsync();
        string blob = _bench.BlobOf(manifest.Files[0].Sha256);
        File.Delete(blob);
        Directory.CreateDirectory(Path.Combine(blob, "inner"));
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => _bench.PrepareAsync(manifest, lease: "l3"));
        Assert.Equal("EnvironmentUnavailable", error.ErrorId);
        await _bench.Cache.ReleaseAsync("h0", "l3");
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_to_be()
    {
        EnvironmentManifest manifest = await _bench.ShipAsync(_bench.Write("a"));
        _bench.Store.IsAway = true;
        Assert.Equal("StoreUnreachable", (await Assert.ThrowsAsync<SlicePoolException>(() => _bench.PrepareAsync(manifest))).ErrorId);
        _bench.Store.IsAway = false;
        Assert.NotNull((await _bench.PrepareAsync(manifest)).FilesFolder);
    }
}
