using Eformer.Pool.Faults.Tests.Driver;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Durable;

/// <summary>Runs that are found, followed and finished by others than those who started them.</summary>
public sealed class DurableRunTests(SharedServers servers)
{
    private const int LeaseSec = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_with_an_id_is_attached_to_and_does_not_run_again()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        RunRequest request = new() { Script = fleet.Evidence.Script("nightly") + "; 'result'", RunId = "nightly" };
        for (int time = 0; time < 2; time++)
        {
            await using RunHandle run = await pool.StartRunAsync(request, Token);
            List<RunRecord> records = await run.ReadAsync();
            Assert.All(run.Hosts, host => Assert.Equal(["result"], records.OutputOf(host)));
            records.Where(record => record.Kind == RecordKind.End).Select(record => record.End!).AllAre(RunOutcome.Succeeded);
        }

        Assert.Equal(2, fleet.Evidence.Processes("nightly").Length);
        SlicePoolException other = await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartRunAsync(request with { Script = "2" }, Token));
        Assert.Equal(("RunIdInUse", "nightly"), (other.ErrorId, other.Target));
        SlicePoolException fewer = await Assert.ThrowsAsync<SlicePoolException>(() => pool.StartRunAsync(request with { HostIds = [0] }, Token));
        Assert.Equal("RunIdInUse", fewer.ErrorId);
        await pool.Runs().RemoveAsync("nightly", Token);
        await using RunHandle fresh = await pool.StartRunAsync(request, Token);
        (await fresh.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(4, fleet.Evidence.Processes("nightly").Length);
    }

    [Fact]
    public async Task Others_can_list_follow_and_stop_a_run()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync("'begun';\n " + fleet.Evidence.EndlessScript("long"));
        await fleet.Evidence.AwaitAsync("long", hosts: 2, Token);
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        RunInfo listed = Assert.Single(await directory.ListAsync(Token));
        Assert.Equal((run.RunId, "pool", RunState.Running, 2, 0), (listed.RunId, listed.Pool, listed.State, listed.Hosts, listed.Ended));
        Assert.StartsWith("'begun'; & /bin/sh", listed.Title, StringComparison.Ordinal);

        // Looking on for a while changes nothing.
        RunHandle glance = await directory.AttachAsync(run.RunId, Token);
        Assert.Equal(RecordKind.Output, (await glance.Records.ReadAsync(Token)).Kind);
        await glance.DisposeAsync();
        Assert.Equal(RunState.Running, Assert.Single(await directory.ListAsync(Token)).State);

        await using RunHandle guest = await directory.AttachAsync(run.RunId, Token);
        await directory.StopAsync(run.RunId, Token);
        AttemptEnd[] seen = await guest.EndsAsync();
        seen.AllAre(RunOutcome.Cancelled);
        Assert.Equal(seen, await run.EndsAsync());
        Assert.Equal(RunState.Completed, Assert.Single(await directory.ListAsync(Token)).State);
        await run.DisposeAsync();
        Assert.Empty(await directory.ListAsync(Token));
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<SlicePoolException>(() => directory.AttachAsync(run.RunId, Token))).ErrorId);
    }

    [Fact]
    public async Task When_the_driver_is_killed_what_had_ended_is_readable_and_the_rest_is_lost()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        DriverProcess driver = await StartHalfAsync(fleet, directory, keepSec: 0, "job");
        await driver.KillAsync();
        await fleet.AwaitIdleAsync();
        AttemptEnd[] first = await ReceiveAsync(directory, "job");
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.LeaseLost], first.Select(end => end.Outcome));
        Assert.Equal(first, await ReceiveAsync(directory, "job"));
        Assert.Equal((RunState.Completed, 2), await StateAsync(directory));

        // An outcome is for good: the same id gives it again, and runs nothing.
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle same = await pool.StartRunAsync(new RunRequest { Script = HalfScript(fleet), RunId = "job" }, Token);
        Assert.Equal(first, await same.EndsAsync());
        Assert.Single(fleet.Evidence.Processes("half"));
    }

    [Fact]
    public async Task What_was_cancelled_stays_so_until_the_run_is_removed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        RunRequest request = new() { Script = fleet.Evidence.EndlessScript("stopped"), RunId = "stopped", MaxFailureRetry = 3, MaxPreemptionRetry = 3 };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("stopped", hosts: 2, Token);
        await run.CancelAsync(Token);
        AttemptEnd[] first = await run.EndsAsync();
        first.AllAre(RunOutcome.Cancelled);

        // No budget pays for what was stopped on request, neither now nor when the run is asked for again.
        await using RunHandle same = await pool.StartRunAsync(request, Token);
        Assert.Equal(first, await same.EndsAsync());
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        Assert.Equal(first, await ReceiveAsync(directory, "stopped"));
        Assert.Equal(2, fleet.Evidence.Processes("stopped").Length);

        await pool.Runs().RemoveAsync("stopped", Token);
        await using RunHandle fresh = await pool.StartRunAsync(request, Token);
        await Eventually.TrueAsync(() => Task.FromResult(fleet.Evidence.Processes("stopped").Length == 4), "it runs again", Token);
        await fresh.CancelAsync(Token);
        (await fresh.EndsAsync()).AllAre(RunOutcome.Cancelled);
    }

    [Fact]
    public async Task When_driver_and_agent_are_killed_whoever_receives_the_run_judges_it_once_for_all()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        DriverProcess driver = await StartHalfAsync(fleet, directory, keepSec: 0);
        string runId = Assert.Single(await directory.ListAsync(Token)).RunId;
        await driver.KillAsync();
        await agent.SignalAsync("KILL");
        await Eventually.TrueAsync(async () => await StateAsync(directory) == (RunState.Interrupted, 1), "it is interrupted", Token);
        AttemptEnd[] first = await ReceiveAsync(directory, runId);
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.HostLost], first.Select(end => end.Outcome));
        Assert.Equal((RunState.Completed, 2), await StateAsync(directory));

        // What was judged once is what everybody reads, also when the host is back.
        await fleet.StartAgentAsync();
        Assert.Equal(first, await ReceiveAsync(directory, runId));
    }

    [Fact]
    public async Task In_a_kept_pool_the_run_goes_on_and_another_driver_receives_all_of_it()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Cluster));
        await fleet.StartAgentAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        DriverProcess driver = await StartHalfAsync(fleet, directory, keepSec: 600);
        await driver.KillAsync();
        await using SlicePoolManager pool = await TakeOverAsync(fleet);
        RunInfo info = Assert.Single(await pool.Runs().ListAsync(Token));
        Assert.Equal((RunState.Running, 1), (info.State, info.Ended));
        await using RunHandle run = await pool.Runs().AttachAsync(info.RunId, Token);
        fleet.Evidence.Release("half");
        List<RunRecord> records = await run.ReadAsync();
        records.Where(record => record.Kind == RecordKind.End).Select(record => record.End!).AllAre(RunOutcome.Succeeded);
        Assert.Equal([["quick"], ["done"]], run.Hosts.Select(host => records.OutputOf(host)));
    }

    [Fact]
    public async Task The_same_id_on_another_pool_runs_only_what_has_no_outcome()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        DriverProcess driver = await StartHalfAsync(fleet, directory, keepSec: 0, "job");
        RunRequest request = new() { Script = HalfScript(fleet), RunId = "job" };

        // While it runs there, it is nobody else's.
        await fleet.StartAgentAsync("1x2", "other", null, "--slice", "other");
        SlicePoolManager second = await fleet.OpenPoolAsync("second");
        SlicePoolException inUse = await Assert.ThrowsAsync<SlicePoolException>(() => second.StartRunAsync(request, Token));
        Assert.Equal("RunIdInUse", inUse.ErrorId);
        Assert.Contains("'night'", inUse.Message, StringComparison.Ordinal);

        // Without its driver and its agent nobody is left who would store an outcome: LeaseLost is one too.
        await driver.KillAsync();
        await agent.SignalAsync("KILL");
        await Eventually.TrueAsync(async () => (await fleet.Store.ReadFleetAsync(Token)).Leases.All(lease => lease.Grant.OwnerId == second.OwnerId), "the first lease is gone", Token);
        await using RunHandle resumed = await second.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("half", hosts: 2, Token);
        fleet.Evidence.Release("half");
        List<RunRecord> records = await resumed.ReadAsync();
        records.Where(record => record.Kind == RecordKind.End).Select(record => record.End!).AllAre(RunOutcome.Succeeded);
        Assert.Equal([["quick"], ["done"]], resumed.Hosts.Select(host => records.OutputOf(host)));
    }

    private static string HalfScript(Fleet fleet) =>
        "if ($env:TPU_HOST_ID -eq '0') { 'quick' } else { " + fleet.Evidence.WaitingScript("half") + " }";

    private static async Task<DriverProcess> StartHalfAsync(Fleet fleet, RunDirectory directory, int keepSec, string? runId = null)
    {
        DriverProcess driver = fleet.StartDriver("night", 2, LeaseSec, HalfScript(fleet), keepSec, runId);
        await fleet.Evidence.AwaitAsync("half", hosts: 1, Token);
        await AwaitEndedAsync(directory, 1);
        return driver;
    }

    private static async Task<SlicePoolManager> TakeOverAsync(Fleet fleet)
    {
        SlicePoolManager? taken = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    taken = await SlicePoolManager.ConnectAsync(fleet.Options("night") with { KeepFor = TimeSpan.FromMinutes(5) }, Token);
                    return true;
                }
                catch (SlicePoolException exception) when (exception.ErrorId == "PoolInUse")
                {
                    return false;
                }
            },
            "the pool is taken over",
            Token);
        return taken!;
    }

    private static Task AwaitEndedAsync(RunDirectory directory, int hosts) => Eventually.TrueAsync(
        async () => (await directory.ListAsync(Token)).Any(run => run.Ended == hosts), $"{hosts} host(s) have ended", Token);

    private static async Task<(RunState State, int Ended)> StateAsync(RunDirectory directory)
    {
        RunInfo run = Assert.Single(await directory.ListAsync(Token));
        return (run.State, run.Ended);
    }

    private static async Task<AttemptEnd[]> ReceiveAsync(RunDirectory directory, string runId)
    {
        await using RunHandle run = await directory.AttachAsync(runId, Token);
        return await run.EndsAsync();
    }
}
