using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A host that cannot start a runner says so, keeps its lease, and starts one when it can again.</summary>
public sealed class NoRunnerTests(SharedServers servers)
{
    // Not enough for a runner, and all that the agent's own threads and connections may come to need.
    private const int Left = 30;
    private const int Enough = 900;
    private static readonly RunRequest s_fresh = new() { Script = "1", Isolation = Isolation.Process };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_its_socket_cannot_be_made_every_host_ends_with_the_place_and_what_to_do()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string lease = pool.GetAllActorsInPool()[0].Id;
        await pool.SucceedAsync("1");
        string folder = fleet.PathOf("agent/run");
        Directory.Delete(folder, recursive: true);
        await EndsAsErrorAsync(pool, folder, "see that the folder is there");
        await pool.SucceedAsync("1");
        Assert.Equal(lease, pool.GetAllActorsInPool()[0].Id);
        Directory.CreateDirectory(folder);
        await SucceedsSoonAsync(pool);
    }

    [Fact]
    public async Task Where_file_descriptors_are_short_the_agent_keeps_its_last_ones_for_itself()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await pool.SucceedAsync("1");
        int open = Directory.EnumerateFileSystemEntries($"/proc/{agent.Pid}/fd").Count();
        await LimitAsync(agent, open + Left);
        await EndsAsErrorAsync(pool, "files open", "LimitNOFILE");
        await pool.SucceedAsync("1");
        await LimitAsync(agent, Enough);
        await SucceedsSoonAsync(pool);
    }

    // Runners that are ready may serve the first ones.
    private static async Task EndsAsErrorAsync(SlicePoolManager pool, params string[] evidence)
    {
        AttemptEnd[] ends = [];
        for (int i = 0; i < 3; i++)
        {
            await using RunHandle run = await pool.StartRunAsync(s_fresh, Token);
            ends = await run.EndsAsync();
        }

        Assert.All(ends, end => Assert.True(end.Outcome == RunOutcome.Error, $"{end.Outcome}: {end.Evidence}"));
        Assert.All(ends, end => Assert.StartsWith("RunnerStartFailed: ", end.Evidence, StringComparison.Ordinal));
        Assert.All(evidence, text => Assert.All(ends, end => Assert.Contains(text, end.Evidence, StringComparison.Ordinal)));
    }

    private static Task SucceedsSoonAsync(SlicePoolManager pool) => Eventually.TrueAsync(
        async () =>
        {
            await using RunHandle run = await pool.StartRunAsync(s_fresh, Token);
            return (await run.EndsAsync()).All(end => end.Outcome == RunOutcome.Succeeded);
        },
        "runners are started again", Token);

    private static async Task LimitAsync(AgentProcess agent, int files)
    {
        string[] arguments = ["--pid", agent.Pid.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"--nofile={files}:")];
        using Process prlimit = Process.Start("prlimit", arguments);
        await prlimit.WaitForExitAsync(Token);
        Assert.Equal(0, prlimit.ExitCode);
    }
}
