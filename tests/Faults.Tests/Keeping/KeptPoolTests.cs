using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Driver;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Keeping;

/// <summary>Pools that outlive their driver: kept by their agents, taken over by one other driver, and gone when their time is up.</summary>
public sealed class KeptPoolTests(SharedServers servers)
{
    private const int LeaseSec = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_its_driver_is_killed_its_run_goes_on_and_exactly_one_other_driver_takes_it_over()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync();
        DriverProcess driver = fleet.StartDriver("night", 2, LeaseSec, fleet.Evidence.WaitingScript("kept"), keepSec: 600);
        await fleet.Evidence.AwaitAsync("kept", hosts: 2, Token);
        Assert.Equal("PoolInUse", (await Assert.ThrowsAsync<SlicePoolException>(() => ConnectAsync(fleet))).ErrorId);
        long epoch = (await fleet.HostsAsync()).Max(host => host.Epoch);
        await driver.KillAsync();

        // Longer than the lease lives without a renewal.
        long renewals = await RenewalsAsync(fleet);
        await Eventually.TrueAsync(async () => await RenewalsAsync(fleet) >= renewals + 8, "its agents renew it", Token);
        SlicePoolManager?[] takers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryConnectAsync(fleet)));
        SlicePoolManager next = Assert.Single(takers, taker => taker is not null)!;
        Assert.Equal((epoch, 1, PoolState.Active), (next.GetAllActorsInPool()[0].Epoch, next.GetAllPoolMembers().Count, next.State));
        Assert.All(fleet.Evidence.Processes("kept"), runner => Assert.True(Processes.IsAlive(runner)));
        fleet.Evidence.Release("kept");
        await Eventually.TrueAsync(async () => (await next.RunAsync("1")).All(end => end.Outcome == RunOutcome.Succeeded), "the hosts take new work", Token);
        await next.DisposeAsync();
        await fleet.AwaitIdleAsync();
        LeaseHistory.Check(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task It_is_gone_when_its_time_is_up()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        DriverProcess driver = fleet.StartDriver("night", 2, LeaseSec, fleet.Evidence.EndlessScript("short"), keepSec: 12);
        await fleet.Evidence.AwaitAsync("short", hosts: 2, Token);
        await driver.KillAsync();
        await fleet.AwaitIdleAsync();
        Assert.Empty(fleet.UserProcesses());
        Assert.Equal("PoolNotFound", (await Assert.ThrowsAsync<SlicePoolException>(() => ConnectAsync(fleet))).ErrorId);
    }

    [Fact]
    public async Task A_wish_that_its_driver_did_not_sign_keeps_nothing()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync();
        DriverProcess driver = fleet.StartDriver("night", 2, LeaseSec, fleet.Evidence.EndlessScript("forged"));
        await fleet.Evidence.AwaitAsync("forged", hosts: 2, Token);
        await driver.KillAsync();
        string owner = (await fleet.Store.ReadFleetAsync(Token)).Leases.Single().Grant.OwnerId;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using EnvelopeSigner forger = FleetKeys.Create(fleet.Name).CommandSigner();
        byte[] wish = forger.Sign(EnvelopeType.Keep, WireJson.Write(new KeepWish
        {
            Fleet = fleet.Name,
            Pool = "night",
            OwnerId = owner,
            Slots = [0],
            IssuedMs = now.ToUnixTimeMilliseconds(),
            UntilMs = now.AddHours(1).ToUnixTimeMilliseconds(),
        }));
        await fleet.Raw.HashSetAsync(fleet.Key("keeps"), "night", wish);
        await Eventually.TrueAsync(
            () => Task.FromResult(agent.Count("The wish to keep pool night was refused") > 0), "the agent has seen the wish", Token);
        await fleet.AwaitIdleAsync();
        Assert.Empty(fleet.UserProcesses());
        LeaseHistory.CheckFreed(LeaseHistory.Read(agent.Log));
    }

    [Fact]
    public async Task A_driver_that_lets_go_is_of_no_more_use_and_another_goes_on()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager first = await fleet.OpenEmptyPoolAsync(Options(fleet));
        await first.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        await first.RunAsync("$global:kept = 42");
        string lease = first.GetAllActorsInPool()[0].Id;
        await first.DisconnectAsync(Token);
        Assert.Equal("PoolRemoved", (await Assert.ThrowsAsync<SlicePoolException>(() => first.StartAsync("1"))).ErrorId);
        SlicePoolManager second = await ConnectAsync(fleet);
        Assert.Equal(lease, second.GetAllActorsInPool()[0].Id);
        await using (RunHandle run = await second.StartAsync("if ($global:kept -ne 42) { throw 'another session' }"))
        {
            (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        }

        await second.DisposeAsync();
        Assert.Contains(await fleet.Store.ReadEventsAsync(100, Token), item => item.Kind == PoolEventKind.PoolTakenOver);
    }

    [Fact]
    public async Task A_driver_that_lets_go_lets_go_of_every_handle_of_a_run()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenEmptyPoolAsync(Options(fleet));
        await pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token);
        RunRequest request = new() { Script = fleet.Evidence.EndlessScript("shared"), RunId = "shared" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await using RunHandle second = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("shared", hosts: 2, Token);
        await pool.DisconnectAsync(Token);
        (await second.EndsAsync()).AllAre(RunOutcome.Unknown);
        (await first.EndsAsync()).AllAre(RunOutcome.Unknown);
    }

    [Fact]
    public async Task A_slice_that_lapsed_meanwhile_is_replaced_by_whoever_takes_the_pool_over()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StandInAsync(Fleet.LooseHosts(3));
        SlicePoolManager first = await fleet.OpenEmptyPoolAsync(Options(fleet) with { HostsPerSlice = 1 });
        await first.ScaleMultisliceAsync([3], ScaleOptions.Now, Token);
        string[] leases = [.. first.GetAllActorsInPool().Select(actor => actor.Id)];
        await first.DisconnectAsync(Token);
        await fleet.Store.ReleaseAsync(new ReleaseRequest("night", first.OwnerId, [leases[1]], ForgetPool: false), Token);
        SlicePoolManager second = await ConnectAsync(fleet);
        await Eventually.TrueAsync(
            () => Task.FromResult(second.GetAllPoolMembers().Count == 3 && second.State == PoolState.Active), "the slice is replaced", Token);
        string[] now = [.. second.GetAllActorsInPool().Select(actor => actor.Id)];
        Assert.Equal((leases[0], leases[2]), (now[0], now[2]));
        Assert.NotEqual(leases[1], now[1]);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StandInAsync(Fleet.LooseHosts(2));
        SlicePoolManager pool = await fleet.OpenPoolAsync("plain");
        Assert.Equal("PoolNotKept", (await Assert.ThrowsAsync<SlicePoolException>(() => pool.DisconnectAsync(Token))).ErrorId);
        Assert.Equal("PoolNotKept", (await Assert.ThrowsAsync<SlicePoolException>(() => ConnectAsync(fleet, "plain"))).ErrorId);
        Assert.Equal("PoolNotFound", (await Assert.ThrowsAsync<SlicePoolException>(() => ConnectAsync(fleet, "none"))).ErrorId);
        SlicePoolOptions local = new() { KeepFor = TimeSpan.FromSeconds(60) };
        Assert.Equal("InvalidKeep", (await Assert.ThrowsAsync<SlicePoolException>(() => SlicePoolManager.OpenAsync(local, Token))).ErrorId);
    }

    private static SlicePoolOptions Options(Fleet fleet, string name = "night") =>
        fleet.Options(name, leaseSec: LeaseSec) with { KeepFor = TimeSpan.FromMinutes(10) };

    private static Task<SlicePoolManager> ConnectAsync(Fleet fleet, string name = "night") => SlicePoolManager.ConnectAsync(Options(fleet, name), Token);

    private static async Task<SlicePoolManager?> TryConnectAsync(Fleet fleet)
    {
        try
        {
            return await ConnectAsync(fleet);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "PoolInUse")
        {
            return null;
        }
    }

    private static async Task<long> RenewalsAsync(Fleet fleet) =>
        (await fleet.Store.ReadFleetAsync(Token)).Leases.Sum(lease => lease.RenewalCount);
}
