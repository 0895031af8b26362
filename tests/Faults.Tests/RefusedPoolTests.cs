using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Pools that cannot be had: the reason is said, and nothing is held.</summary>
public sealed class RefusedPoolTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_is_taken_is_refused_with_its_owner_and_free_afterwards()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync("2x1");
        SlicePoolManager first = await fleet.OpenPoolAsync("night", hostsPerSlice: 1);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => fleet.OpenPoolAsync("night", hostsPerSlice: 1));
        Assert.Equal(("PoolInUse", PoolErrorCategory.ResourceExists), (error.ErrorId, error.Category));
        Assert.Contains(first.Owner, error.Message, StringComparison.Ordinal);
        Assert.Single((await fleet.Store.ReadFleetAsync(Token)).Leases);
        await first.SucceedAsync("1");
        await first.DisposeAsync();
        await (await fleet.OpenPoolAsync("night", hostsPerSlice: 1)).SucceedAsync("1");
    }

    [Fact]
    public async Task More_slices_than_there_are_are_refused_with_numbers()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x2");
        SlicePoolManager other = await fleet.OpenPoolAsync("other");
        SlicePoolManager pool = await SlicePoolManager.OpenAsync(fleet.Options(), Token);
        await using (pool)
        {
            InsufficientSlicesException error = await Assert.ThrowsAsync<InsufficientSlicesException>(() => pool.ScaleMultisliceAsync([2], ScaleOptions.Now, Token));
            Assert.Equal([2], error.RequestedSizes);
            Assert.Equal(1, error.Available);
            Assert.Contains("of 4 hosts: 2 free, 2 held by pool 'other'", error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((PoolState.Empty, 0), (pool.State, pool.GetAllPoolMembers().Count));
            Assert.All((await fleet.Store.ReadFleetAsync(Token)).Leases, lease => Assert.Equal("other", lease.Grant.Pool));

            // What there is can still be had, and growing beyond it leaves it alone.
            await pool.ScaleMultisliceAsync(1, Token);
            await Assert.ThrowsAsync<InsufficientSlicesException>(() => pool.ScaleMultisliceAsync([3], ScaleOptions.Now, Token));
            Assert.Single(pool.GetAllPoolMembers());
            await pool.SucceedAsync("1");
            await other.SucceedAsync("1");
        }
    }

    [Fact]
    public async Task A_fleet_without_hosts_is_said_to_have_none()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(fleet.Options(), Token);
        InsufficientSlicesException error = await Assert.ThrowsAsync<InsufficientSlicesException>(() => pool.ScaleMultisliceAsync([1], ScaleOptions.Now, Token));
        Assert.Equal(0, error.Available);
        Assert.Contains("No host is registered in this fleet.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_want_the_same_hosts_never_share_them()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x2");
        SlicePoolManager[] pools = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(number => SlicePoolManager.OpenAsync(fleet.Options($"rival-{number}"), Token)));
        try
        {
            bool[] won = await Task.WhenAll(pools.Select(TryTakeAllAsync));
            Assert.InRange(won.Count(one => one), 0, 1);
            FleetSnapshot seen = await fleet.Store.ReadFleetAsync(Token);
            Assert.Equal(won.Count(one => one) * 2, seen.Leases.Count);
            Assert.Equal(won.Select(one => one ? 2 : 0), pools.Select(pool => pool.GetAllPoolMembers().Count));
        }
        finally
        {
            await Task.WhenAll(pools.Select(pool => pool.DisposeAsync().AsTask()));
        }

        await fleet.AwaitIdleAsync();
        Assert.Empty((await fleet.Store.ReadFleetAsync(Token)).Pools);
    }

    private static async Task<bool> TryTakeAllAsync(SlicePoolManager pool)
    {
        try
        {
            await pool.ScaleMultisliceAsync([2], ScaleOptions.Now, Token);
            return true;
        }
        catch (InsufficientSlicesException)
        {
            return false;
        }
    }
}
