using System.Globalization;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>Suspended hosts, demand, events, health: what people and autoscalers look at.</summary>
public sealed class MaintenanceTests(SharedServers servers) : StoreTests(servers)
{
    [Theory, ClassData(typeof(EachServer))]
    public async Task A_suspended_host_gets_no_lease_until_it_is_resumed(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await fleet.SuspendAsync(null, "h0");
        HostSuspension suspension = Assert.IsType<HostSuspension>((await fleet.HostAsync("h0")).Suspension);
        Assert.Equal(("ann", "a new fan", null), (suspension.By, suspension.Reason, suspension.RemainingMs));
        Assert.Null((await fleet.HostAsync("h1")).Suspension);
        Assert.Equal((AcquireStatus.Conflict, "h0"), await AcquireAsync(fleet));
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Capacity, Token);
        Assert.Equal(1, await fleet.Store.ResumeAsync(["h0", "h1"], Token));
        await bell.NextAsync(Token);
        Assert.Equal((AcquireStatus.Granted, ""), await AcquireAsync(fleet));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_holder_may_stay_on_a_suspended_host_but_not_past_its_deadline(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.HoldAsync("a1", "i1", "l1", ["h0", "h1"]);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Pool(TestFleet.Pool), Token);
        await fleet.SuspendAsync(60_000, "h0");
        await bell.NextAsync(Token);
        Assert.Equal(HostState.Held, await StateAfterBeatAsync(fleet));
        await fleet.SuspendAsync(0, "h0");
        await Eventually.TrueAsync(async () => await StateAfterBeatAsync(fleet) == HostState.Reclaiming, "its holder must go", Token);
        Assert.Equal(HostState.Held, await fleet.StateAsync("h1"));
        await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", false), new HostFence("h1", 1, "l1", true));
        Assert.Equal(HostState.Idle, await fleet.StateAsync("h0"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Demand_is_replaced_not_added_and_goes_with_its_pool(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.DemandAsync(4);
        Assert.Empty(await DemandsAsync(fleet));
        await fleet.RenewAsync(60_000);
        await fleet.DemandAsync(2, 4);
        long since = Assert.Single(await DemandsAsync(fleet)).SinceMs;
        await fleet.DemandAsync(8);
        DemandRecord demand = Assert.Single(await DemandsAsync(fleet));
        Assert.Equal([8], demand.Sizes);
        Assert.Equal(since, demand.SinceMs);
        await fleet.Store.WithdrawDemandAsync(TestFleet.Pool, "somebody", Token);
        Assert.Single(await DemandsAsync(fleet));
        await fleet.Store.WithdrawDemandAsync(TestFleet.Pool, TestFleet.Owner, Token);
        Assert.Empty(await DemandsAsync(fleet));
        await fleet.DemandAsync(8);
        await fleet.Store.ReleaseAsync(new ReleaseRequest(TestFleet.Pool, TestFleet.Owner, [], true), Token);
        Assert.Empty(await DemandsAsync(fleet));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Events_are_read_back_in_order_with_the_stores_time(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.Empty(await fleet.Store.ReadEventsAsync(10, Token));
        await fleet.NoteAsync("first");
        await fleet.NoteAsync("second | with \"quotes\" é");
        IReadOnlyList<PoolEvent> events = await fleet.Store.ReadEventsAsync(10, Token);
        Assert.Equal(["first", "second | with \"quotes\" é"], events.Select(item => item.Reason));
        Assert.All(events, item => Assert.InRange(item.TimeMs, 1_700_000_000_000, 4_000_000_000_000));
        Assert.Equal("second | with \"quotes\" é", Assert.Single(await fleet.Store.ReadEventsAsync(1, Token)).Reason);
        Assert.InRange((await fleet.Raw.KeyTimeToLiveAsync(fleet.Key("events")))!.Value.TotalDays, 6.9, 7);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Only_the_newest_events_are_kept(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        for (int part = 0; part < 11; part++)
        {
            PoolEvent[] events = [.. Enumerable.Range(part * 1000, 1000).Select(i => new PoolEvent { Kind = PoolEventKind.ScaleRefused, Reason = $"{i}" })];
            await fleet.Store.NoteAsync(events, Token);
        }

        IReadOnlyList<PoolEvent> kept = await fleet.Store.ReadEventsAsync(20_000, Token);
        Assert.Equal((10_000, "1000", "10999"), (kept.Count, kept[0].Reason, kept[^1].Reason));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Events_are_kept_for_seven_days_and_no_longer(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.NoteAsync("now");
        RedisValue noted = await fleet.Raw.ListGetByIndexAsync(fleet.Key("events"), 0);
        long now = long.Parse(noted.ToString().Split('|')[0], CultureInfo.InvariantCulture);
        long day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
        foreach (long age in (long[])[6, 8, 9])
        {
            string old = noted.ToString().Replace("now", $"{age} days ago", StringComparison.Ordinal);
            await fleet.Raw.ListLeftPushAsync(fleet.Key("events"), old.Replace($"{now}|", $"{now - (age * day)}|", StringComparison.Ordinal));
        }

        Assert.Equal(["6 days ago", "now"], (await fleet.Store.ReadEventsAsync(10, Token)).Select(item => item.Reason));

        // What is not shown is not kept either.
        await fleet.NoteAsync("later");
        Assert.Equal(3, await fleet.Raw.ListLengthAsync(fleet.Key("events")));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Health_and_load_are_what_the_agent_last_said(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        Assert.Equal((HostHealth.Unknown, null), await HealthAsync(fleet, "h0"));
        AgentHeartbeat beat = new("a1", "i1", 60_000, [new HostFence("h0", 0, "", false), new HostFence("h1", 0, "", false)]);
        HostHealth preempting = new(HostCondition.Preempting, "maintenance", 12);
        AgentLoad load = new(1.5, 8, 1024);
        await fleet.Store.HeartbeatAsync(beat with { Load = load, Health = new Dictionary<string, HostHealth> { ["h0"] = preempting } }, Token);
        await fleet.Store.HeartbeatAsync(beat, Token);
        Assert.Equal((preempting, load), await HealthAsync(fleet, "h0"));
        Assert.Equal((HostHealth.Unknown, load), await HealthAsync(fleet, "h1"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_host_that_is_well_again_wakes_who_waits_for_capacity(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", ["h0"]);
        AgentHeartbeat beat = new("a1", "i1", 60_000, [new HostFence("h0", 0, "", false)]);
        await fleet.Store.HeartbeatAsync(Saying(beat, HostCondition.Busy), Token);
        await using Bell bell = await Bell.ListenAsync(fleet.Store, Doorbell.Capacity, Token);
        await fleet.Store.HeartbeatAsync(Saying(beat, HostCondition.RunnerFailed), Token);
        await fleet.Store.HeartbeatAsync(Saying(beat, HostCondition.Ready), Token);
        await bell.NextAsync(Token);
        await fleet.Store.HeartbeatAsync(Saying(beat, HostCondition.Busy), Token);
        await fleet.Store.HeartbeatAsync(Saying(beat, HostCondition.Ready), Token);
        bell.AssertQuiet(kind);
    }

    private static AgentHeartbeat Saying(AgentHeartbeat beat, HostCondition condition) =>
        beat with { Health = new Dictionary<string, HostHealth> { ["h0"] = new(condition, "", 1) } };

    private static async Task<(AcquireStatus, string)> AcquireAsync(TestFleet fleet)
    {
        AcquireReply reply = await fleet.AcquireAsync("l1", "h0");
        return (reply.Status, reply.Obstacle);
    }

    private static async Task<HostState> StateAfterBeatAsync(TestFleet fleet)
    {
        await fleet.BeatAsync("a1", "i1", new HostFence("h0", 1, "l1", true), new HostFence("h1", 1, "l1", true));
        return await fleet.StateAsync("h0");
    }

    private static async Task<IReadOnlyList<DemandRecord>> DemandsAsync(TestFleet fleet) => (await fleet.Store.ReadFleetAsync(Token)).Demands;

    private static async Task<(HostHealth, AgentLoad?)> HealthAsync(TestFleet fleet, string host)
    {
        HostRecord record = await fleet.HostAsync(host);
        return (record.Health, record.Load);
    }
}
