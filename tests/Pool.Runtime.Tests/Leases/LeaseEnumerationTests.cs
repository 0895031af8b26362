using Eformer.Pool.Tests.Leases.Worlds;

namespace Eformer.Pool.Tests.Leases;

/// <summary>Every small world: two hosts, two drivers that both want both, and what can go wrong.</summary>
public class LeaseEnumerationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData((int)FaultKinds.None, 0, 12)]
    [InlineData((int)FaultKinds.Messages, 2, 7)]
    [InlineData((int)FaultKinds.Agents, 2, 8)]
    [InlineData((int)FaultKinds.StoreLoss, 2, 8)]
    [InlineData((int)FaultKinds.All, 3, 5)]
    public void From_idle_hosts_no_rule_is_broken_and_all_become_idle_again(int kinds, int faults, int depth) =>
        Report(Worlds(), (FaultKinds)kinds, faults, depth);

    [Theory]
    [InlineData((int)FaultKinds.None, 0, 12)]
    [InlineData((int)FaultKinds.Messages, 2, 6)]
    [InlineData((int)FaultKinds.Agents, 2, 7)]
    [InlineData((int)FaultKinds.StoreLoss, 2, 7)]
    [InlineData((int)FaultKinds.All, 3, 5)]
    public void From_held_hosts_no_rule_is_broken_and_all_become_idle_again(int kinds, int faults, int depth) =>
        Report(Worlds().Held(), (FaultKinds)kinds, faults, depth);

    [Theory]
    [InlineData((int)Mutant.AcceptsEqualEpoch, (int)FaultKinds.Messages, 8, false)]
    [InlineData((int)Mutant.AttestsEarly, (int)FaultKinds.None, 4, true)]
    [InlineData((int)Mutant.HostCountsFromAnswer, (int)FaultKinds.Messages, 7, true)]
    [InlineData((int)Mutant.HostNeverFences, (int)FaultKinds.None, 4, true)]
    [InlineData((int)Mutant.ForgetsFence, (int)(FaultKinds.Agents | FaultKinds.StoreLoss), 6, true)]
    [InlineData((int)Mutant.DriverCountsFromAnswer, (int)FaultKinds.Messages, 7, true)]
    [InlineData((int)Mutant.UnknownExtends, (int)FaultKinds.Messages, 6, true)]
    [InlineData((int)Mutant.ReleaseMakesIdle, (int)FaultKinds.None, 4, true)]
    [InlineData((int)Mutant.BelievesLateHeartbeats, (int)FaultKinds.Messages, 6, false)]
    [InlineData((int)Mutant.LeasesNeverLapse, (int)FaultKinds.None, 4, true)]
    public void A_rule_that_is_broken_on_purpose_is_noticed(int mutant, int kinds, int depth, bool held)
    {
        World idle = World.Of(hosts: 1, drivers: 2, hostsPerSlice: 1, (Mutant)mutant) with { Faults = 2 };
        Explorer explorer = new((FaultKinds)kinds);
        string? broken = explorer.Explore(held ? idle.Held() : idle, depth, withEnd: true);
        output.WriteLine($"{(Mutant)mutant}, after {explorer.Visited} worlds: {broken}");
        Assert.NotNull(broken);
    }

    private static World Worlds() => World.Of(hosts: 2, drivers: 2, hostsPerSlice: 2);

    private void Report(World start, FaultKinds kinds, int faults, int depth)
    {
        Explorer explorer = new(kinds);
        string? broken = explorer.Explore(start with { Faults = faults }, depth, withEnd: true);
        output.WriteLine($"{kinds}: {explorer.Visited} different worlds, {explorer.Taken} steps, depth {depth}");
        Assert.True(broken is null, broken);
    }
}
