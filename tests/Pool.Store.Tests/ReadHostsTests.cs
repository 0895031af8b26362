using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class ReadHostsTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task Hosts_are_read_as_the_fleet_has_them(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0", "h1"]);
        await fleet.RegisterAsync("a2", "i1", ["h2", "h3"], lifeMs: 1);
        await fleet.RegisterAsync("a3", "i1", ["h4", "h5"]);
        await fleet.AcquireAsync("l2", "h4");
        await Eventually.TrueAsync(async () => !(await fleet.HostAsync("h2")).Alive, "its agent counts as dead", Token);
        Assert.Equal(
            [
                new("h1", HostState.Held, "l1", true), new("h2", HostState.Idle, "", false),
                new("h4", HostState.Granted, "l2", true), new("h5", HostState.Idle, "", true),
            ],
            await ReadAsync(fleet, "h5", "h1", "nobody", "h4", "h2"));
        await fleet.ReleaseAsync("l1");
        Assert.Equal([new("h0", HostState.Reclaiming, "l1", true)], await ReadAsync(fleet, "h0"));
        Assert.Empty(await ReadAsync(fleet));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Thousands_of_hosts_are_read_at_once(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        string[] hosts = [.. Enumerable.Range(0, 2500).Select(index => $"h{index:0000}")];
        await fleet.RegisterAsync("a1", "i1", hosts);
        await fleet.AcquireAsync("l1", hosts[..64]);
        IReadOnlyList<HostStatus> read = await ReadAsync(fleet, hosts);
        Assert.Equal(hosts, read.Select(host => host.Host));
        Assert.Equal(64, read.Count(host => host.LeaseId == "l1"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task What_is_no_name_and_what_is_named_twice_is_refused(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(fleet, "h0", "h0"));
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => ReadAsync(fleet, "h 0"));
        Assert.Equal("InvalidName", error.ErrorId);
    }

    private static async Task<IReadOnlyList<HostStatus>> ReadAsync(TestFleet fleet, params string[] hosts) =>
        [.. (await fleet.Store.ReadHostsAsync(hosts, fleet.Token)).OrderBy(host => host.Host, StringComparer.Ordinal)];
}
