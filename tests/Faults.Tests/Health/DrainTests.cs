using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>Drains: of some slices, of all, twice at once, and of hosts that do not let go.</summary>
public sealed class DrainTests(SharedServers servers) : IAsyncLifetime
{
    private Fleet _fleet = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task Some_slices_are_drained_and_the_others_stay()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await OpenAsync(3);
        await pool.DrainAsync(new DrainOptions { Slots = [1] }, Token);
        Assert.Equal(["p-0", "p-2"], pool.GetAllPoolMembers().Select(member => member.ActorInfo.SliceName));
        Assert.Equal(PoolState.Active, pool.State);
        Assert.Equal(HostState.Idle, (await _fleet.HostsAsync()).Single(host => host.Registration.Host == "h1").State);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.DrainAsync(new DrainOptions { Slots = [1] }, Token));
        Assert.Equal("InvalidSelection", error.ErrorId);
    }

    [Fact]
    public async Task Whoever_drains_meanwhile_joins_and_doing_it_again_does_no_harm()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(4));
        SlicePoolManager pool = await OpenAsync(4);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => pool.DrainActorPoolAsync(Token)));
        await pool.DrainActorPoolAsync(Token);
        Assert.Equal(PoolState.Empty, pool.State);
        Assert.All(await _fleet.HostsAsync(), host => Assert.Equal(HostState.Idle, host.State));
        PoolEvent[] events = [.. await _fleet.Store.ReadEventsAsync(100, Token)];
        Assert.Single(events, item => item.Kind == PoolEventKind.DrainStarted);
        LeaseHistory.Check(agent.History);
    }

    [Fact]
    public async Task What_is_being_drained_takes_no_new_work()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await OpenAsync(2);
        agent.Stuck["h1"] = true;
        Task drain = pool.DrainAsync(new DrainOptions { Slots = [1] }, Token);
        await Eventually.TrueAsync(
            async () => (await _fleet.HostsAsync()).Any(host => host.State == HostState.Reclaiming), "it is being drained", Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartAsync("1"));
        Assert.Equal("PoolDraining", error.ErrorId);
        agent.Stuck.Clear();
        await drain;
        Assert.Single(pool.GetAllPoolMembers());
    }

    [Fact]
    public async Task A_host_that_does_not_let_go_is_named_in_time_and_drained_when_it_does()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await OpenAsync(2);
        agent.Stuck["h1"] = true;
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(
            () => pool.DrainAsync(new DrainOptions { Timeout = TimeSpan.FromSeconds(2) }, Token));
        Assert.Equal("HostsNotIdle", error.ErrorId);
        Assert.Contains("h1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("h0", error.Message, StringComparison.Ordinal);
        Assert.Equal(HostState.Reclaiming, (await _fleet.HostsAsync()).Single(host => host.Registration.Host == "h1").State);
        agent.Stuck.Clear();
        await pool.DrainActorPoolAsync(Token);
        Assert.Equal(PoolState.Empty, pool.State);
    }

    [Fact]
    public async Task A_slice_that_does_not_let_go_spoils_nothing_for_the_others_and_is_forgotten_when_it_does()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await OpenAsync(3);
        agent.Stuck["h2"] = true;
        await Assert.ThrowsAsync<SlicePoolException>(() => pool.DrainAsync(new DrainOptions { Slots = [2], Timeout = TimeSpan.FromSeconds(1) }, Token));
        Assert.Equal(PoolState.Active, pool.State);
        agent.Stuck.Clear();
        await Eventually.TrueAsync(() => Task.FromResult(pool.GetAllPoolMembers().Count == 2), "the slice is forgotten", Token);
        await pool.ScaleMultisliceAsync([3], ScaleOptions.Now, Token);
    }

    [Fact]
    public async Task A_host_that_is_not_heard_is_named_because_nobody_can_say_that_it_is_idle()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(1));
        StandInAgent second = await _fleet.StandInAsync(Fleet.LooseHosts(1, first: 1));
        SlicePoolManager pool = await OpenAsync(2);
        await second.FallSilentAsync();
        await Eventually.TrueAsync(async () => !(await _fleet.HostsAsync()).Single(host => host.Registration.Host == "h1").Alive, "it is silent", Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.DrainActorPoolAsync(Token));
        Assert.Equal("HostsNotIdle", error.ErrorId);
        Assert.Contains("not heard, so nobody can say that they are idle: h1", error.Message, StringComparison.Ordinal);
        Assert.Equal(PoolState.Empty, pool.State);
    }

    [Fact]
    public async Task A_listener_that_throws_ends_neither_renewals_nor_watching()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options("p", hostsPerSlice: 1, leaseSec: 10));
        List<PoolEventKind> heard = [];
        pool.EventNoted += (_, item) =>
        {
            lock (heard)
            {
                heard.Add(item.Kind);
            }

            throw new InvalidOperationException("a defect of the listener");
        };
        await pool.ScaleMultisliceAsync([2], ScaleOptions.Now, Token);
        agent.Say("h0", HostCondition.Preempting, "soon");
        await Eventually.TrueAsync(
            () => Task.FromResult(pool.GetAllPoolMembers().Select(member => member.ActorInfo.NodeIds[0]).Contains("n2")), "the slice is replaced", Token);
        await Eventually.TrueAsync(
            () => Task.FromResult(Heard().Contains(PoolEventKind.SliceReplaced)), "that is told", Token);
        Assert.Contains(PoolEventKind.SliceAcquired, Heard());
        await Eventually.TrueAsync(
            async () => (await _fleet.Store.ReadEventsAsync(100, Token)).Any(item => item.Reason == "a listener of events failed: a defect of the listener"),
            "the defect is told", Token);

        PoolEventKind[] Heard()
        {
            lock (heard)
            {
                return [.. heard];
            }
        }
    }

    private async Task<SlicePoolManager> OpenAsync(int slices)
    {
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options("p", hostsPerSlice: 1));
        await pool.ScaleMultisliceAsync([slices], ScaleOptions.Now, Token);
        return pool;
    }
}
