using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>Hosts that get worse: what is said of them, and what becomes of their slices.</summary>
public sealed class HealTests(SharedServers servers) : IAsyncLifetime
{
    private Fleet _fleet = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_host_whose_agent_is_gone_is_replaced_and_the_others_keep_their_ids()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(2));
        StandInAgent second = await _fleet.StandInAsync(Fleet.LooseHosts(1, first: 2));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 3);
        Assert.Equal(["h0", "h1", "h2"], await HostsAsync(pool));
        await _fleet.StandInAsync(Fleet.LooseHosts(1, first: 9));
        await second.FallSilentAsync();
        await AwaitHostsAsync(pool, "h0", "h1", "h9");
        Assert.Equal(PoolState.Active, pool.State);
        PoolEvent[] events = await EventsAsync(pool);
        Assert.Contains(events, item => item is { Kind: PoolEventKind.HostUnhealthy, Host: "h2" });
        Assert.Contains(events, item => item.Kind == PoolEventKind.SliceReplaced && item.Reason.Contains("not heard from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_that_lost_several_slices_heals_all_of_them_also_when_one_takes_anothers_hosts()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(4));
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options("p", hostsPerSlice: 1));
        await pool.ScaleMultisliceAsync([4], ScaleOptions.Now, Token);
        string[] lost = [.. pool.GetAllActorsInPool().Select(actor => actor.Id)];

        // All its leases are given away behind its back, and three hosts are somebody else's for a while.
        await _fleet.Store.ReleaseAsync(new ReleaseRequest("p", pool.OwnerId, lost, ForgetPool: false), Token);
        SlicePoolManager other = await _fleet.OpenEmptyPoolAsync(_fleet.Options("other", hostsPerSlice: 1));
        await other.ScaleMultisliceAsync([3], new ScaleOptions { Timeout = TimeSpan.FromMinutes(2) }, Token);
        await other.DisposeAsync();
        await Eventually.TrueAsync(
            async () => pool.State == PoolState.Active && (await pool.TestAsync(Token)).Count(report => report.Healthy) == 4, "the pool is whole again", Token);
    }

    [Fact]
    public async Task A_host_that_will_be_preempted_is_left_before_it_goes()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 2);
        agent.Say("h0", HostCondition.Preempting, "the provider wants it back");
        await AwaitHostsAsync(pool, "h2", "h1");
        LeaseHistory.Check(agent.History);
    }

    [Fact]
    public async Task Without_capacity_the_pool_keeps_what_it_has_says_why_and_heals_when_there_is_some()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 2);
        agent.Say("h1", HostCondition.Preempting, "soon");
        await Eventually.TrueAsync(
            async () => (await EventsAsync(pool)).Any(item => item.Kind == PoolEventKind.ReplacementRefused && item.Reason.StartsWith("slot 0 cannot be replaced now: ", StringComparison.Ordinal)),
            "the pool says that it cannot be replaced", Token);
        Assert.Equal(["h0", "h1"], await HostsAsync(pool));
        await _fleet.StandInAsync(Fleet.LooseHosts(1, first: 5));
        await AwaitHostsAsync(pool, "h0", "h5");
    }

    [Fact]
    public async Task A_host_that_is_suspended_with_a_deadline_is_left_and_gets_no_lease_until_it_is_resumed()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 2);
        await using SliceFleet operators = await SliceFleet.OpenAsync(_fleet.Server.Options(_fleet.Name), Token);
        await operators.SuspendAsync(["h1"], "a new fan", TimeSpan.FromMinutes(10), Token);
        await AwaitHostsAsync(pool, "h0", "h2");
        SliceHost host = (await operators.GetHostsAsync(Token)).Single(host => host.Host == "h1");
        Assert.True(host is { Suspended: true, State: HostState.Idle, Pool: "" } && host.SuspendedBecause.EndsWith(": a new fan", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InsufficientSlicesException>(() => OpenAsync(hostsPerSlice: 1, "other"));
        Assert.Equal(1, await operators.ResumeAsync(["h1"], Token));
        await OpenAsync(hostsPerSlice: 1, "third");
    }

    [Fact]
    public async Task Nobody_stays_past_the_deadline_even_without_a_replacement()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 2);
        await using SliceFleet operators = await SliceFleet.OpenAsync(_fleet.Server.Options(_fleet.Name), Token);
        await operators.SuspendAsync(["h1"], "", TimeSpan.FromSeconds(1), Token);
        await Eventually.TrueAsync(
            async () => (await operators.GetHostsAsync(Token)).Single(host => host.Host == "h1").State == HostState.Idle, "the host is idle", Token);
        LeaseHistory.Check(agent.History);
        Assert.Equal(HostHealthState.LeaseLost, (await pool.TestAsync(Token)).Single(report => report.Host == "h1").State);
    }

    [Fact]
    public async Task A_busy_host_is_healthy_and_a_report_says_why_and_since_when()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await OpenAsync(hostsPerSlice: 2);
        agent.Say("h0", HostCondition.Busy, "a run is in progress");
        agent.Say("h1", HostCondition.RunnerFailed, "no memory");
        await Eventually.TrueAsync(
            async () => (await pool.TestAsync(Token)).Select(report => report.State).SequenceEqual([HostHealthState.Busy, HostHealthState.RunnerFailed]),
            "both are reported", Token);
        IReadOnlyList<HostReport> reports = await pool.TestAsync(Token);
        Assert.Equal((true, false), (reports[0].Healthy, reports[1].Healthy));
        Assert.Equal(("no memory", 0.5), (reports[1].Why, reports[1].Load1));
        DateTime now = TimeProvider.System.GetLocalNow().DateTime;
        Assert.InRange(reports[1].Since, now.AddMinutes(-1), now);
    }

    private async Task<SlicePoolManager> OpenAsync(int hostsPerSlice, string name = "p")
    {
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options(name, hostsPerSlice));
        await pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        return pool;
    }

    private static async Task<string[]> HostsAsync(SlicePoolManager pool) => [.. (await pool.TestAsync(Token)).Select(report => report.Host)];

    private static Task AwaitHostsAsync(SlicePoolManager pool, params string[] hosts)
    {
        string[] now = [];
        return Eventually.TrueAsync(
            async () => (now = await HostsAsync(pool)).SequenceEqual(hosts), () => $"the hosts are {string.Join(' ', hosts)}; they are {string.Join(' ', now)}", Token);
    }

    private async Task<PoolEvent[]> EventsAsync(SlicePoolManager pool) =>
        [.. (await _fleet.Store.ReadEventsAsync(1000, Token)).Where(item => item.Pool == pool.Name)];
}
