using Eformer.Pool.Scaling;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.Scaling;

/// <summary>What is published is withdrawn, if not at once then later.</summary>
public sealed class PublishedDemandTests : IAsyncDisposable
{
    private readonly MemoryStore _store = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task What_could_not_be_withdrawn_is_withdrawn_later()
    {
        PublishedDemand demand = await PublishedAsync();
        _store.IsAway = true;
        await demand.WithdrawAsync(Token);
        await demand.ForgetAsync(Token);
        _store.IsAway = false;
        Assert.Single(await DemandsAsync());
        await demand.ForgetAsync(Token);
        Assert.Empty(await DemandsAsync());
    }

    [Fact]
    public async Task What_is_published_anew_is_not_withdrawn_for_what_was_before()
    {
        PublishedDemand demand = await PublishedAsync();
        _store.IsAway = true;
        await demand.WithdrawAsync(Token);
        _store.IsAway = false;
        await demand.PublishAsync(Record(), Token);
        await demand.ForgetAsync(Token);
        Assert.Single(await DemandsAsync());
    }

    [Fact]
    public async Task What_nobody_withdrew_is_left_alone()
    {
        PublishedDemand demand = await PublishedAsync();
        await demand.ForgetAsync(Token);
        Assert.Single(await DemandsAsync());
        await demand.WithdrawAsync(Token);
        Assert.Empty(await DemandsAsync());
    }

    private async Task<PublishedDemand> PublishedAsync()
    {
        await _store.RenewAsync(new RenewRequest("night", "owner", "somebody", 60_000, []), Token);
        PublishedDemand demand = new(_store, "night", "owner");
        await demand.PublishAsync(Record(), Token);
        return demand;
    }

    private static DemandRecord Record() => new() { Pool = "night", OwnerId = "owner", Owner = "somebody", Sizes = [1, 2], Held = 0, HostsPerSlice = 1 };

    private async Task<IReadOnlyList<DemandRecord>> DemandsAsync() => (await _store.ReadFleetAsync(Token)).Demands;
}
