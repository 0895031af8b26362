using System.Runtime.Versioning;
using Eformer.Pool.HostWorker.RuntimeEnvironments;
using Eformer.Pool.Payloads;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class CacheCleaningTests
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    private static async Task CleanAsync(CacheBench bench)
    {
        // The one that a release began may have looked before.
        await bench.Cache.CleanAsync();
        await bench.Cache.CleanAsync();
    }

    [Fact]
    public async Task What_nobody_used_for_a_week_goes_and_what_is_in_use_stays()
    {
        await using CacheBench bench = new();
        ModuleFolder used = bench.WriteModule("Used", "'used'"), idle = bench.WriteModule("Idle", "'idle'");
        EnvironmentManifest stays = await bench.ShipAsync(new RuntimeEnvironment { Modules = [used] });
        EnvironmentManifest goes = await bench.ShipAsync(new RuntimeEnvironment { Modules = [idle], Files = [bench.Write("a", "alone")] });
        string module = (await bench.PrepareAsync(stays)).Modules[0];
        await bench.PrepareAsync(goes, host: "h1");
        await bench.Cache.ReleaseAsync("h1", "l1");
        bench.Clock.Advance(s_week);
        await CleanAsync(bench);
        Assert.Equal(2 + 2, bench.Files("modules").Length);
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        await CleanAsync(bench);
        Assert.Equal([$"{stays.Hash}/Used/Used.psm1", $"{stays.Hash}/Used/data/about.txt"], bench.Files("modules"));
        Assert.Empty(bench.Files("blobs"));
        Assert.True(File.Exists(module));
        Assert.Empty(bench.Files("incoming"));

        // From the end of the lease on it is as good as used until then.
        await bench.Cache.ReleaseAsync("h0", "l1");
        await CleanAsync(bench);
        Assert.True(File.Exists(module));
    }

    [Fact]
    public async Task A_use_makes_files_young_again()
    {
        await using CacheBench bench = new();
        EnvironmentManifest manifest = await bench.ShipAsync(bench.Write("a"));
        await bench.PrepareAsync(manifest);
        bench.Clock.Advance(s_week - TimeSpan.FromHours(1));
        await bench.PrepareAsync(manifest, lease: "l2");
        bench.Clock.Advance(TimeSpan.FromHours(2));
        await CleanAsync(bench);
        Assert.Single(bench.Files("blobs"));
    }

    [Fact]
    public async Task What_was_used_least_lately_goes_first_when_there_is_too_much()
    {
        await using CacheBench bench = new(new CacheLimits(s_week, 2500));
        EnvironmentManifest[] manifests = new EnvironmentManifest[4];
        for (int i = 0; i < manifests.Length; i++)
        {
            manifests[i] = await bench.ShipAsync(bench.Write($"f{i}", BlobContent.Random(1000, i).Bytes));
            await bench.PrepareAsync(manifests[i]);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await bench.PrepareAsync(manifests[0], lease: "l2");
        await CleanAsync(bench);
        Assert.Equal([true, false, false, true], manifests.Select(manifest => File.Exists(bench.BlobOf(manifest.Files[0].Sha256))));
    }

    [Fact]
    public void What_cannot_go_makes_others_go_instead()
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        List<string> gone = [];
        CacheEntry Entry(string name, long bytes, int minutes, bool inUse = false) => new(name, bytes, now.AddMinutes(-minutes), () =>
        {
            if (!inUse)
            {
                gone.Add(name);
            }

            return !inUse;
        });
        CacheEntry[] entries = [Entry("new", 10, 1), Entry("old", 10, 3), Entry("used", 10, 4, inUse: true), Entry("middle", 10, 2), Entry("ancient", 1, 60 * 24 * 8)];
        Assert.Equal(21, CacheCleaner.Clean(entries, new CacheLimits(s_week, 20), now));
        Assert.Equal(["ancient", "old", "middle"], gone);
    }

    [Fact]
    public async Task A_link_put_into_the_cache_leads_the_cleaner_nowhere()
    {
        await using CacheBench bench = new();
        string outside = bench.Write("outside/x");
        await bench.PrepareAsync(await bench.ShipAsync(bench.Write("a")));
        Directory.CreateSymbolicLink(Path.Combine(bench.CacheFolder, "blobs", "zz"), Path.GetDirectoryName(outside)!);
        Directory.CreateSymbolicLink(Path.Combine(bench.CacheFolder, "modules", "zz"), Path.GetDirectoryName(outside)!);
        bench.Clock.Advance(s_week * 2);
        await CleanAsync(bench);
        Assert.True(File.Exists(outside));
        Assert.Equal(["zz/x"], bench.Files("blobs").Where(file => !file.StartsWith("..", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_agent_that_starts_cleans()
    {
        await using CacheBench bench = new();
        await bench.PrepareAsync(await bench.ShipAsync(bench.Write("a")));
        bench.Clock.Advance(s_week * 2);
        await bench.RestartAsync();
        await bench.Cache.CleanAsync();
        Assert.Empty(bench.Files("blobs"));
    }
}
