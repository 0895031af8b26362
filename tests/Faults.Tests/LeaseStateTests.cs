using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What a lease leaves on its hosts: nothing that the next one meets.</summary>
public sealed class LeaseStateTests(SharedServers servers)
{
    [Fact]
    public async Task What_was_kept_in_its_session_is_not_there_in_the_next_one()
    {
        const string Show = "\"[$global:left][$env:LEFT]\"; ";
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager first = await fleet.OpenPoolAsync("first");
        await first.SucceedAsync(fleet.Evidence.Script("first") + "; $global:left = 'kept'; $env:LEFT = 'kept'");
        Assert.Equal("[kept][kept]", await ShownAsync(first, Show + fleet.Evidence.Script("first")));
        await first.DisposeAsync();
        SlicePoolManager second = await fleet.OpenPoolAsync("second");
        Assert.Equal("[][]", await ShownAsync(second, Show + fleet.Evidence.Script("second")));
        Assert.Equal(2, fleet.Evidence.Processes("first").Distinct().Count());
        Assert.Empty(fleet.Evidence.Processes("second").Intersect(fleet.Evidence.Processes("first")));
    }

    private static async Task<string> ShownAsync(SlicePoolManager pool, string script)
    {
        await using RunHandle run = await pool.StartAsync(script);
        List<RunRecord> records = await run.ReadAsync();
        return Assert.Single(run.Hosts.SelectMany(host => records.OutputOf(host)).Distinct());
    }
}
