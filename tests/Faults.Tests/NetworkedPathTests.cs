using System.Diagnostics;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>The whole path on a shared store: keys, an agent, a pool, a run, and nothing left.</summary>
public sealed class NetworkedPathTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task Everything_works_and_nothing_is_left(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        string keys = fleet.PathOf("made.json");
        using (Process make = Process.Start(new ProcessStartInfo(HostExecutable.Path, ["keys", "new", "--fleet", fleet.Name, "--file", keys]) { RedirectStandardOutput = true })!)
        {
            Assert.Equal(keys, await make.StandardOutput.ReadLineAsync(Token));
            await make.WaitForExitAsync(Token);
            Assert.Equal(0, make.ExitCode);
        }

        AgentProcess agent = await fleet.StartAgentAsync("2x4", keyFile: keys, more: "--ephemeral");
        await using (SlicePoolManager pool = await SlicePoolManager.OpenAsync(fleet.Options(hostsPerSlice: 4) with { KeyFile = keys }, Token))
        {
            await pool.ScaleMultisliceAsync(2, Token);
            await using RunHandle run = await pool.StartAsync(fleet.Evidence.Script("path"));
            Assert.Equal(["slice-0/0", "slice-0/1", "slice-0/2", "slice-0/3", "slice-1/0", "slice-1/1", "slice-1/2", "slice-1/3"], run.Hosts.Select(host => host.ToString()));
            (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        }

        int[] runners = fleet.Evidence.Processes("path");
        Assert.Equal(8, runners.Distinct().Count());
        await fleet.AwaitIdleAsync();
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync(Token));
        Assert.Equal([$"{{ef:{fleet.Name}}}:events", $"{{ef:{fleet.Name}}}:meta"], fleet.KeysInStore());
        await fleet.AwaitProcessesAsync();
        Assert.False(Directory.Exists(fleet.PathOf("agent")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(fleet.TemporaryFolder));
    }

    [Fact]
    public async Task An_agent_says_that_the_address_is_wrong_before_it_misses_its_keys()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await using AgentProcess agent = AgentProcess.Start(
            fleet.Name, fleet.AgentEnvironment, "--store", "localhost:70000", "--fleet", fleet.Name, "--keys", fleet.PathOf("none.json"), "--state", fleet.PathOf("agent"), "--emulate", "1x1");
        Assert.NotEqual(0, await agent.WaitForExitAsync(Token));
        Assert.Equal((1, 0), (agent.Count("InvalidStore"), agent.Count("KeysNotFound")));
    }
}
