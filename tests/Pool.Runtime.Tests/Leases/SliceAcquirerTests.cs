using Eformer.Pool.Envelopes;
using Eformer.Pool.Leases;
using Eformer.Pool.Placement;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Eformer.Pool.Topology;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.Tests.Leases;

/// <summary>Slices that are taken while their hosts are slow.</summary>
public sealed class SliceAcquirerTests : IAsyncDisposable
{
    private static readonly LeaseTimings s_timings = new(LeaseTimings.Shortest);
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStore _store;
    private readonly PoolSession _session;
    private readonly LeaseRenewer _renewer;

    public SliceAcquirerTests()
    {
        _store = new MemoryStore(_clock);
        _session = new PoolSession("night", new StoreOptions { Connection = "memory" }, _store, FleetKeys.Create("memory"), null, _clock);
        _renewer = new LeaseRenewer(_session, s_timings, TimeSpan.Zero, new PoolRoster(), _ => { }, _ => { });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _renewer.DisposeAsync();
        await _session.DisposeAsync();
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(5.9)]
    public async Task Whoever_gets_a_slice_has_time_for_the_next_renewal_however_long_its_hosts_took(double acceptedAfter)
    {
        HeldSlice slice = Assert.Single((await TakeAsync(TimeSpan.FromSeconds(acceptedAfter), _renewer.RenewAsync))!);
        _clock.Advance(s_timings.RenewEvery);
        Assert.Equal(LeasePhase.Work, slice.Phase(_clock));
    }

    [Fact]
    public async Task What_turns_out_lost_when_it_is_renewed_is_not_handed_out_and_nothing_is_held()
    {
        Assert.Null(await TakeAsync(TimeSpan.FromSeconds(5), slices =>
        {
            Assert.Single(slices).Take(new HolderEvent.HostLost(), _clock);
            return Task.CompletedTask;
        }));
        Assert.Empty((await _store.ReadFleetAsync(Token)).Leases);
    }

    private async Task<IReadOnlyList<HeldSlice>?> TakeAsync(TimeSpan acceptedAfter, Func<IReadOnlyList<HeldSlice>, Task> renew)
    {
        await _store.RegisterAsync(new AgentRegistration("agent", "first", [new HostRegistration { Host = "h0", Node = "h0" }], 60_000), Token);
        SliceAcquirer acquirer = new(_session, s_timings, new SliceShape { HostsPerSlice = 1 }, renew);
        Task<IReadOnlyList<HeldSlice>?> taking = acquirer.TryTakeAsync([new SlotRequest(0, [])], Token);
        FleetSnapshot fleet = await _store.ReadFleetAsync(Token);
        _clock.Advance(acceptedAfter);
        HostFence[] accepted = [.. fleet.Leases.Select(lease => new HostFence("h0", lease.Epoch, lease.LeaseId, Held: true))];
        await _store.HeartbeatAsync(new AgentHeartbeat("agent", "first", 60_000, accepted), Token);
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        for (int looks = 0; !taking.IsCompleted && looks < 1000; looks++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await pause.WaitForNextTickAsync(Token);
        }

        return await taking;
    }
}
