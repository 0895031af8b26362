using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Scaling;

/// <summary>Growing, shrinking, refusing, waiting: against a real store, with hosts that decide as real ones do.</summary>
public sealed class ScaleTests(SharedServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(30);
    private Fleet _fleet = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task Growth_leaves_members_alone_and_shrinking_takes_the_highest_slots()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(8));
        SlicePoolManager pool = await OpenAsync(2);
        await pool.ScaleMultisliceAsync(2, Token);
        string[] before = Leases(pool);
        await pool.ScaleMultisliceAsync(4, Token);
        string[] grown = Leases(pool);
        Assert.Equal(before, grown[..2]);
        await pool.ScaleMultisliceAsync([1, 3, 5], ScaleOptions.Now, Token);
        Assert.Equal(grown[..3], Leases(pool));
        await pool.ScaleMultisliceAsync(3, Token);
        Assert.Equal(grown[..3], Leases(pool));
    }

    [Fact]
    public async Task The_largest_feasible_size_is_taken_and_a_refusal_explains_each()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(7));
        SlicePoolManager night = await OpenAsync(1, "night");
        await night.ScaleMultisliceAsync(2, Token);
        SlicePoolManager day = await OpenAsync(1, "day");
        await day.ScaleMultisliceAsync([8, 2, 4], ScaleOptions.Now, Token);
        Assert.Equal(4, day.GetAllPoolMembers().Count);
        SlicePoolManager late = await OpenAsync(1, "late");
        InsufficientSlicesException refused = await Assert.ThrowsAsync<InsufficientSlicesException>(
            () => late.ScaleMultisliceAsync([2, 3], ScaleOptions.Now, Token));
        Assert.Equal([3, 2], refused.Explanations.Select(explanation => explanation.Size));
        Assert.All(refused.Explanations, explanation => Assert.Contains("2 held by pool 'night' until", explanation.Reason, StringComparison.Ordinal));
        Assert.Empty(late.GetAllPoolMembers());
        Assert.Equal(PoolState.Empty, late.State);
    }

    [Fact]
    public async Task One_actor_more_is_one_slice_more()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager pool = await OpenAsync(1);
        Assert.Equal("p-0", (await pool.CreateActorAsync(Token)).ActorInfo.SliceName);
        Assert.Equal("p-1", (await pool.CreateActorAsync(Token)).ActorInfo.SliceName);
        await pool.ScaleActorPoolAsync(1, Token);
        Assert.Equal(["p/p-0"], pool.GetAllActorsInPool().Select(actor => actor.Name));
        await pool.ScaleActorPoolAsync(0, Token);
        Assert.Empty(pool.GetAllActorsInPool());
    }

    [Fact]
    public async Task A_preview_shows_the_placement_and_takes_nothing()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(5));
        SlicePoolManager pool = await OpenAsync(2);
        ScalePreview preview = await pool.PreviewScaleAsync([1, 2, 3], Token);
        Assert.Equal((2, true, 2), (preview.Size, preview.Feasible, preview.Taken.Count));
        Assert.Contains("slot 0: p-0 on h0, h1", preview.ToString(), StringComparison.Ordinal);
        Assert.Contains("3: no", preview.ToString(), StringComparison.Ordinal);
        Assert.Empty((await _fleet.Store.ReadFleetAsync(Token)).Leases);
    }

    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(2, -4)]
    [InlineData(2, 2)]
    [InlineData(int.MaxValue)]
    public async Task Sizes_that_cannot_be_are_refused(params int[] sizes)
    {
        SlicePoolManager pool = await OpenAsync(1);
        Assert.Equal("InvalidSize", (await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleMultisliceAsync(sizes, null, Token))).ErrorId);
    }

    [Fact]
    public async Task A_wait_is_met_at_once_when_capacity_appears_and_its_demand_goes()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager holder = await OpenAsync(1, "holder");
        await holder.ScaleMultisliceAsync(2, Token);
        SlicePoolManager waiter = await OpenAsync(1, "waiter");
        List<ScaleWait> told = [];
        Task waiting = waiter.ScaleMultisliceAsync([2, 4], new ScaleOptions { Timeout = TimeSpan.FromHours(1), Progress = new Told(told.Add) }, Token);
        await Eventually.TrueAsync(async () => (await DemandsAsync()).Any(demand => demand.Reason.Length > 0), "the demand is published", Token);
        DemandRecord demand = Assert.Single(await DemandsAsync());
        Assert.Equal(("waiter", 0, 2), (demand.Pool, demand.Held, demand.Sizes[0]));
        await holder.DrainActorPoolAsync(Token);

        // Far earlier than the next poll, half a minute away: the doorbell wakes it.
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.Equal(2, waiter.GetAllPoolMembers().Count);
        Assert.Empty(await DemandsAsync());
        Assert.Contains("held by pool 'holder'", Assert.IsType<ScaleWait>(told[0]).Explanations[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_added_ends_a_wait()
    {
        SlicePoolManager waiter = await OpenAsync(1, "waiter");
        Task waiting = waiter.ScaleMultisliceAsync([1], new ScaleOptions { Timeout = TimeSpan.FromHours(1) }, Token);
        await Eventually.TrueAsync(async () => (await DemandsAsync()).Any(demand => demand.Reason.Length > 0), "the demand is published", Token);
        await _fleet.StandInAsync(Fleet.LooseHosts(1));
        await waiting.WaitAsync(s_wait, TimeProvider.System, Token);
    }

    [Fact]
    public async Task A_wait_that_times_out_or_is_cancelled_leaves_nothing()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(1));
        SlicePoolManager pool = await OpenAsync(1);
        await Assert.ThrowsAsync<InsufficientSlicesException>(
            () => pool.ScaleMultisliceAsync([2], new ScaleOptions { Timeout = TimeSpan.FromMilliseconds(300) }, Token));
        Assert.Empty(await DemandsAsync());
        using CancellationTokenSource stop = new();
        Task waiting = pool.ScaleMultisliceAsync([2], new ScaleOptions { Timeout = TimeSpan.FromHours(1) }, stop.Token);
        await Eventually.TrueAsync(async () => (await DemandsAsync()).Count > 0, "the demand is published", Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(await DemandsAsync());
        Assert.Empty(pool.GetAllPoolMembers());
        Assert.Empty((await _fleet.Store.ReadFleetAsync(Token)).Leases);
    }

    [Fact]
    public async Task Whoever_gives_up_while_hosts_decide_gives_back_what_was_taken()
    {
        StandInAgent agent = await _fleet.StandInAsync(Fleet.LooseHosts(4));
        SlicePoolManager pool = await OpenAsync(1);
        await pool.ScaleMultisliceAsync(1, Token);
        string[] before = Leases(pool);
        agent.Undecided["h3"] = true;
        using CancellationTokenSource stop = new();
        Task growing = pool.ScaleMultisliceAsync([4], new ScaleOptions { Timeout = TimeSpan.FromHours(1) }, stop.Token);
        await Eventually.TrueAsync(async () => (await _fleet.Store.ReadFleetAsync(Token)).Leases.Count == 4, "all four are leased", Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => growing);
        Assert.Equal(before, (await _fleet.Store.ReadFleetAsync(Token)).Leases.Select(lease => lease.LeaseId));
        Assert.Equal(before, Leases(pool));
        agent.Undecided.Clear();
        await Eventually.TrueAsync(async () => (await _fleet.HostsAsync()).Count(host => host.State == HostState.Idle) == 3, "the others are idle", Token);
        Assert.Empty(await DemandsAsync());
        LeaseHistory.Check(agent.History);
    }

    [Fact]
    public void Times_that_cannot_be_are_refused()
    {
        Assert.Equal("InvalidTimeout", Assert.Throws<SlicePoolException>(() => new ScaleOptions { Timeout = TimeSpan.FromSeconds(-5) }).ErrorId);
        Assert.Equal("InvalidTimeout", Assert.Throws<SlicePoolException>(() => new ScaleOptions { Timeout = Timeout.InfiniteTimeSpan }).ErrorId);
        Assert.Equal("InvalidTimeout", Assert.Throws<SlicePoolException>(() => new DrainOptions { Timeout = TimeSpan.Zero }).ErrorId);
        Assert.Equal("InvalidTimeout", Assert.Throws<SlicePoolException>(() => new DrainOptions { Timeout = TimeSpan.FromSeconds(-1) }).ErrorId);
    }

    [Fact]
    public async Task A_drain_ends_a_wait_and_keeps_the_pool()
    {
        await _fleet.StandInAsync(Fleet.LooseHosts(1));
        SlicePoolManager pool = await OpenAsync(1);
        await pool.ScaleMultisliceAsync(1, Token);
        Task waiting = pool.ScaleMultisliceAsync([3], new ScaleOptions { Timeout = TimeSpan.FromHours(1) }, Token);
        await Eventually.TrueAsync(async () => (await DemandsAsync()).Count > 0, "the demand is published", Token);
        await pool.DrainActorPoolAsync(Token);
        Assert.Equal("PoolDrained", (await Assert.ThrowsAsync<SlicePoolException>(() => waiting)).ErrorId);
        Assert.Empty(await DemandsAsync());
        await pool.ScaleMultisliceAsync(1, Token);
    }

    [Fact]
    public async Task A_tpu_type_is_placed_on_its_intact_slices_only_and_one_without_hosts_says_so()
    {
        await _fleet.StandInAsync(Tpu("tpu-a", 4), Tpu("tpu-b", 3));
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options("p") with { TpuType = TpuType.Parse("v5litepod-16") });
        await pool.ScaleMultisliceAsync([1, 2], ScaleOptions.Now, Token);
        SliceInfo slice = Assert.Single(pool.GetAllPoolMembers()).ActorInfo;
        Assert.Equal(("tpu-a", 4, 4), (slice.SliceName, slice.HostCount, slice.AcceleratorsPerHost));
        SlicePoolManager other = await _fleet.OpenEmptyPoolAsync(_fleet.Options("q") with { TpuType = TpuType.Parse("v4-8") });
        InsufficientSlicesException refused = await Assert.ThrowsAsync<InsufficientSlicesException>(() => other.ScaleMultisliceAsync([1], ScaleOptions.Now, Token));
        Assert.Contains("v5e-16", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selector_chooses_hosts_by_label()
    {
        HostRegistration[] hosts = [.. Fleet.LooseHosts(4).Select((host, i) => host with { Labels = new Dictionary<string, string> { ["gpu"] = i < 3 ? "h100" : "a100" } })];
        await _fleet.StandInAsync(hosts);
        HostSelector selector = new(new Dictionary<string, IReadOnlyList<string>> { ["gpu"] = ["h*"] });
        SlicePoolManager pool = await _fleet.OpenEmptyPoolAsync(_fleet.Options("p", hostsPerSlice: 3) with { Selector = selector });
        await pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        Assert.Equal(["n0", "n1", "n2"], pool.GetAllPoolMembers()[0].ActorInfo.NodeIds);
    }

    private Task<SlicePoolManager> OpenAsync(int hostsPerSlice, string name = "p") =>
        _fleet.OpenEmptyPoolAsync(_fleet.Options(name, hostsPerSlice));

    private static IEnumerable<HostRegistration> Tpu(string slice, int hosts) => Enumerable.Range(0, hosts).Select(i => new HostRegistration
    {
        Host = $"{slice}.{i}",
        Node = $"{slice}.{i}",
        Slice = slice,
        WorkerIndex = i,
        Devices = 4,
        DeviceType = "v5e-16",
    });

    private async Task<IReadOnlyList<DemandRecord>> DemandsAsync() => (await _fleet.Store.ReadFleetAsync(Token)).Demands;

    private static string[] Leases(SlicePoolManager pool) => [.. pool.GetAllActorsInPool().Select(actor => actor.Id)];

    private sealed class Told(Action<ScaleWait> tell) : IProgress<ScaleWait>
    {
        public void Report(ScaleWait value) => tell(value);
    }
}
