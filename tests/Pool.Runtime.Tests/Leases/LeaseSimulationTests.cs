using Eformer.Pool.Leases;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Eformer.Pool.Tests.Leases.Worlds;

namespace Eformer.Pool.Tests.Leases;

/// <summary>Fleets in virtual time: safety while everything goes wrong, then what has to come of it when nothing does any more.</summary>
public class LeaseSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 300;
    private const int Trouble = 12 * Timing.TtlMs;
    private const int Mending = 6 * Timing.TtlMs;

    [Fact]
    public void Whatever_goes_wrong_no_rule_is_broken_and_everything_heals()
    {
        int losses = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            string? broken = Live(seed, Dice.Foul, Mutant.None, out World world);
            Assert.True(broken is null, $"Seed {seed}: {broken}");
            losses += world.Drivers.Sum(driver => driver.Losses);
        }

        output.WriteLine($"{Seeds} seeds of {(Trouble + Mending) / 1000} s each, {losses} slices lost on the way");
    }

    [Fact]
    public void A_store_that_only_forgets_costs_nobody_a_slice()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            string? broken = Live(seed, Dice.Forgetful, Mutant.None, out World world);
            Assert.True(broken is null, $"Seed {seed}: {broken}");
            Assert.All(world.Drivers, driver => Assert.True(driver.Losses == 0, $"Seed {seed}: {driver.Owner} lost its slice"));
        }
    }

    [Theory]
    [InlineData((int)Mutant.AttestsEarly)]
    [InlineData((int)Mutant.HostCountsFromAnswer)]
    [InlineData((int)Mutant.HostNeverFences)]
    [InlineData((int)Mutant.ForgetsFence)]
    [InlineData((int)Mutant.DriverCountsFromAnswer)]
    [InlineData((int)Mutant.UnknownExtends)]
    [InlineData((int)Mutant.ReleaseMakesIdle)]
    [InlineData((int)Mutant.BelievesLateHeartbeats)]
    [InlineData((int)Mutant.LeasesNeverLapse)]
    public void A_rule_that_is_broken_on_purpose_is_noticed(int mutant)
    {
        int seed = 0;
        string? broken = null;
        while (broken is null && seed < Seeds)
        {
            broken = Live(seed++, Dice.Foul, (Mutant)mutant, out _);
        }

        output.WriteLine($"{(Mutant)mutant}: seed {seed - 1}: {broken}");
        Assert.NotNull(broken);
    }

    private static string? Live(int seed, Dice dice, Mutant mutant, out World world)
    {
        Simulation simulation = new(seed, dice, mutant);
        string? broken = simulation.Run(Trouble);
        if (broken is null)
        {
            simulation.Mend();
            broken = simulation.Run(Mending) ?? Unhealed(simulation.World);
        }

        if (broken is null)
        {
            simulation.GiveBack();
            broken = simulation.Run(Mending) ?? Unfreed(simulation.World);
        }

        world = simulation.World;
        return broken;
    }

    // Whoever believes to have a slice has it, and no slice is nobody's.
    private static string? Unhealed(World world)
    {
        DriverNode? deceived = world.Drivers.FirstOrDefault(driver => driver.Holds && !driver.Hosts.All(host => Honours(world, driver, host)));
        DriverNode? without = world.Drivers.FirstOrDefault(driver =>
            !world.Drivers.Any(other => other.Holds && other.Hosts.Intersect(driver.Hosts).Any()));
        return deceived is not null ? $"{deceived.Owner} has a slice whose hosts do not hold it"
            : without is not null ? $"{without.Owner} does not get a slice that nobody has"
            : null;
    }

    private static bool Honours(World world, DriverNode driver, string host)
    {
        HostNode node = world.Hosts.Single(node => node.Key == host);
        return node.Lease.Allows(driver.Holder!.Token.LeaseId, driver.Holder.Token.Epoch)
            && world.Store.Hosts[host].State == HostState.Held && world.Store.Hosts[host].LeaseId == driver.Holder.Token.LeaseId;
    }

    private static string? Unfreed(World world)
    {
        HostNode? stuck = world.Hosts.FirstOrDefault(host =>
            host.Lease.Phase != WorkerPhase.Free || !world.Store.Hosts.TryGetValue(host.Key, out HostModel? stored) || stored.State != HostState.Idle);
        return stuck is null ? null : $"{stuck.Key} is not idle";
    }
}
