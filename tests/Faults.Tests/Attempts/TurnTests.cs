using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Attempts;

/// <summary>Runs that meet on one host, and runs that take turns on their own hosts.</summary>
public sealed class TurnTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_queues_starts_when_the_one_before_has_ended()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle first = await pool.StartAsync(fleet.Evidence.WaitingScript("first"));
        await fleet.Evidence.AwaitAsync("first", hosts: 2, Token);
        await using RunHandle second = await QueueAsync(pool, fleet.Evidence.ExclusiveScript("second") + "; $global:order += 'b'");
        await using RunHandle stopped = await QueueAsync(pool, fleet.Evidence.Script("stopped"));
        await using RunHandle third = await QueueAsync(pool, "$global:order += 'c'; $global:order");
        await stopped.CancelAsync(Token);
        (await stopped.EndsAsync()).AllAre(RunOutcome.Cancelled);
        Assert.Empty(fleet.Evidence.Processes("second"));
        fleet.Evidence.Release("first");
        (await first.EndsAsync()).AllAre(RunOutcome.Succeeded);
        List<RunRecord> records = await third.ReadAsync();
        Assert.All(third.Hosts, host => Assert.Equal(["bc"], records.OutputOf(host)));
        Assert.Empty(fleet.Evidence.Processes("stopped"));
    }

    [Fact]
    public async Task A_run_that_preempts_stops_what_runs_and_starts_before_those_that_wait()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle first = await pool.StartAsync(fleet.Evidence.EndlessScript("first"));
        await fleet.Evidence.AwaitAsync("first", hosts: 2, Token);
        await using RunHandle waiting = await QueueAsync(pool, "$global:order += 'w'; $global:order");
        await using RunHandle urgent = await pool.StartRunAsync(new RunRequest { Script = "$global:order += 'u'", WhenBusy = WhenBusy.Preempt }, Token);
        AttemptEnd[] displaced = await first.EndsAsync();
        displaced.AllAre(RunOutcome.Cancelled);
        Assert.All(displaced, end => Assert.Contains("another run was told to take its place", end.Evidence, StringComparison.Ordinal));
        (await urgent.EndsAsync()).AllAre(RunOutcome.Succeeded);
        List<RunRecord> records = await waiting.ReadAsync();
        Assert.All(waiting.Hosts, host => Assert.Equal(["uw"], records.OutputOf(host)));
    }

    [Fact]
    public async Task What_waits_when_the_pool_is_drained_never_starts()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle first = await pool.StartAsync(fleet.Evidence.EndlessScript("first"));
        await fleet.Evidence.AwaitAsync("first", hosts: 2, Token);
        await using RunHandle waiting = await QueueAsync(pool, fleet.Evidence.Script("waiting"));
        await pool.DrainActorPoolAsync(Token);
        (await waiting.EndsAsync()).AllAre(RunOutcome.Cancelled, RunOutcome.LeaseLost);
        Assert.Empty(fleet.Evidence.Processes("waiting"));
    }

    [Fact]
    public async Task A_throttled_run_goes_on_no_more_hosts_at_once_than_allowed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x3");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, hostsPerSlice: 3);
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = fleet.Evidence.ExclusiveScript("turns"), ThrottleLimit = 1 }, Token);
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(6, fleet.Evidence.Processes("turns").Length);
    }

    [Theory]
    [InlineData(RetryScope.Host)]
    [InlineData(RetryScope.Pool)]
    public async Task A_throttled_run_tries_again_on_no_more_hosts_at_once_than_allowed(RetryScope scope)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("1x3");
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 3);
        string script = fleet.Evidence.FirstTimeScript(
            "again", "exit 3", fleet.Evidence.ExclusiveScript("turns"));
        await using RunHandle run = await pool.StartRunAsync(
            new RunRequest { Script = script, ThrottleLimit = 1, MaxFailureRetry = 1, RetryScope = scope }, Token);
        (await run.EndsAsync()).AllAre(RunOutcome.Succeeded);
        Assert.Equal(3, fleet.Evidence.Processes("turns").Length);
    }

    [Fact]
    public async Task Hosts_whose_turn_has_not_come_never_start_after_a_stop()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("1x3");
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 3);
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = fleet.Evidence.EndlessScript("turns"), ThrottleLimit = 1 }, Token);
        await fleet.Evidence.AwaitAsync("turns", hosts: 1, Token);
        await run.CancelAsync(Token);
        (await run.EndsAsync()).AllAre(RunOutcome.Cancelled);
        Assert.Single(fleet.Evidence.Processes("turns"));
    }

    private static Task<RunHandle> QueueAsync(SlicePoolManager pool, string script) =>
        pool.StartRunAsync(new RunRequest { Script = script, WhenBusy = WhenBusy.Queue }, Token);
}
