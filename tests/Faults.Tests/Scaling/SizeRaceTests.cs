using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Scaling;

/// <summary>Drivers that ask for several sizes at the same time: they share, or are refused whole.</summary>
public sealed class SizeRaceTests(SharedServers servers)
{
    private static readonly int[] s_sizes = [2, 4, 8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task Eight_drivers_that_ask_for_2_4_or_8_of_16_all_end_at_a_valid_size(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        StandInAgent agent = await fleet.StandInAsync(Fleet.LooseHosts(16));
        (SlicePoolManager Pool, Exception? Error)[] drivers = await RaceAsync(fleet);
        Assert.All(drivers, driver => Assert.Null(driver.Error));
        Assert.All(drivers, driver => Assert.Contains(Held(driver.Pool), s_sizes));
        await AssertNothingTwiceAsync(fleet, drivers.Sum(driver => Held(driver.Pool)));
        LeaseHistory.Check(agent.History);
    }

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task Of_12_the_losers_are_refused_and_hold_nothing(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        StandInAgent agent = await fleet.StandInAsync(Fleet.LooseHosts(12));
        (SlicePoolManager Pool, Exception? Error)[] drivers = await RaceAsync(fleet);
        (SlicePoolManager Pool, Exception? Error)[] losers = [.. drivers.Where(driver => driver.Error is not null)];
        Assert.InRange(losers.Length, 2, 7);
        Assert.All(losers, loser => Assert.Equal("InsufficientSlices", Assert.IsType<InsufficientSlicesException>(loser.Error).ErrorId));
        Assert.All(losers, loser => Assert.Empty(loser.Pool.GetAllPoolMembers()));
        Assert.All(drivers.Except(losers), driver => Assert.Contains(Held(driver.Pool), s_sizes));
        await AssertNothingTwiceAsync(fleet, drivers.Sum(driver => Held(driver.Pool)));
        LeaseHistory.Check(agent.History);
    }

    private static async Task<(SlicePoolManager Pool, Exception? Error)[]> RaceAsync(Fleet fleet)
    {
        SlicePoolManager[] pools = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fleet.OpenEmptyPoolAsync(fleet.Options($"p{i}", hostsPerSlice: 1))));
        return await Task.WhenAll(pools.Select(pool => Task.Run(() => ScaleAsync(pool))));
    }

    private static async Task<(SlicePoolManager Pool, Exception? Error)> ScaleAsync(SlicePoolManager pool)
    {
        try
        {
            await Eventually.AnswersAsync(pool.ScaleMultisliceAsync(s_sizes, ScaleOptions.Now, Token), Token);
            return (pool, null);
        }
        catch (InsufficientSlicesException refused)
        {
            return (pool, refused);
        }
    }

    private static async Task AssertNothingTwiceAsync(Fleet fleet, int slices)
    {
        FleetSnapshot now = await fleet.Store.ReadFleetAsync(Token);
        string[] leased = [.. now.Leases.SelectMany(lease => lease.Grant.Hosts)];
        Assert.Equal(slices, leased.Length);
        Assert.Equal(leased.Length, leased.Distinct().Count());
        Assert.Empty(now.Demands);
    }

    private static int Held(SlicePoolManager pool) => pool.GetAllPoolMembers().Count;
}
