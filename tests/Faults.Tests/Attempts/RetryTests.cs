using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Attempts;

/// <summary>Attempts that are made again: as often as was allowed, for the reasons that were allowed, and with whom.</summary>
public sealed class RetryTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_is_tried_again_and_only_the_last_attempt_counts()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartRunAsync(
            new RunRequest { Script = fleet.Evidence.FirstTimeScript("again", "'partial'; exit 3", "'good'"), MaxFailureRetry = 2 }, Token);
        List<RunRecord> records = await run.ReadAsync();
        foreach (HostAddress host in run.Hosts)
        {
            RunRecord retry = Assert.Single(records, record => record.Host == host && record.Kind == RecordKind.Retry);
            Assert.Equal((RunOutcome.Failed, 1, 3), (retry.End!.Outcome, retry.End.Attempt, retry.End.ExitCode));
            AttemptEnd end = Assert.Single(records, record => record.Host == host && record.Kind == RecordKind.End).End!;
            Assert.Equal((RunOutcome.Succeeded, 2), (end.Outcome, end.Attempt));
            Assert.Equal(["good"], records.OutputOf(host));
        }

        Assert.Equal(4, fleet.Evidence.Processes("again").Length);
    }

    [Fact]
    public async Task Without_a_budget_nothing_is_tried_again()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        Assert.All(await pool.RunAsync(fleet.Evidence.Script("once") + "; exit 3"), end => Assert.Equal((RunOutcome.Failed, 1), (end.Outcome, end.Attempt)));
        Assert.Equal(2, fleet.Evidence.Processes("once").Length);

        // The budget for preemption pays for no failure.
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = fleet.Evidence.Script("twice") + "; exit 3", MaxPreemptionRetry = 5 }, Token);
        Assert.All(await run.EndsAsync(), end => Assert.Equal((RunOutcome.Failed, 1), (end.Outcome, end.Attempt)));
        Assert.Equal(2, fleet.Evidence.Processes("twice").Length);
    }

    [Fact]
    public async Task When_the_budget_is_spent_the_last_failure_is_the_outcome()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = fleet.Evidence.Script("never") + "; exit 3", MaxFailureRetry = 1 }, Token);
        Assert.All(await run.EndsAsync(), end => Assert.Equal((RunOutcome.Failed, 2, "exit code 3"), (end.Outcome, end.Attempt, end.Evidence)));
        Assert.Equal(4, fleet.Evidence.Processes("never").Length);
    }

    [Fact]
    public async Task A_slice_starts_again_as_a_whole_when_that_was_asked()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("2x2");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2);
        string script = fleet.Evidence.FirstTimeScript(
            "gang",
            // Not before the other has begun: one that is stopped earlier takes its second attempt for its first.
            $"if ($env:EXECUTOR_CALL_SLICE -eq '0') {{ if ($env:TPU_HOST_ID -eq '0') {{ {fleet.Evidence.AwaitScript("gang", host: 1)}; exit 3 }} while ($true) {{ [Threading.Thread]::Sleep(10) }} }}",
            "'second'");
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = script, MaxFailureRetry = 1, RetryScope = RetryScope.Slice }, Token);
        Assert.Equal([2, 2, 1, 1], (await run.EndsAsync()).Select(end => end.Outcome == RunOutcome.Succeeded ? end.Attempt : -1));
        Assert.Equal(6, fleet.Evidence.Processes("gang").Length);
    }

    [Fact]
    public async Task A_host_that_was_lost_is_tried_again_elsewhere_when_its_slice_was_replaced()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess first = await fleet.StartAgentAsync("1x2", "first", null, "--slice", "first");
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 10);
        await fleet.StartAgentAsync("1x2", "second", null, "--slice", "second");
        await using RunHandle run = await pool.StartRunAsync(
            new RunRequest { Script = fleet.Evidence.FirstTimeScript("lost", "while ($env:TPU_SLICE_NAME -notlike 'second*') { [Threading.Thread]::Sleep(10) }; 'there'", "'same'"), MaxPreemptionRetry = 1 }, Token);
        await fleet.Evidence.AwaitAsync("lost", hosts: 2, Token);
        await first.SignalAsync("KILL");
        List<RunRecord> records = await run.ReadAsync();
        Assert.All(
            records.Where(record => record.Kind == RecordKind.End), record => Assert.Equal((RunOutcome.Succeeded, 2), (record.End!.Outcome, record.End.Attempt)));
        Assert.All(run.Hosts, host => Assert.Equal(["there"], records.OutputOf(host)));
    }

    [Fact]
    public async Task What_is_stopped_while_the_next_attempt_waits_was_cancelled_for_everybody()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        RunRequest request = new() { Script = "exit 3", MaxFailureRetry = 1000, RunId = "stopped" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await run.AwaitRetriesAsync(attempt: 3);

        await run.CancelAsync(Token);
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.All(ends, end =>
        {
            Assert.Equal((RunOutcome.Cancelled, 4), (end.Outcome, end.Attempt));
            Assert.Contains("attempt 3 had ended as Failed: exit code 3", end.Evidence, StringComparison.Ordinal);
        });

        // Whoever looks on reads the same, and so does who asks for the same run again.
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        await using RunHandle guest = await directory.AttachAsync("stopped", Token);
        Assert.Equal(ends, await guest.EndsAsync());
        await using RunHandle same = await pool.StartRunAsync(request, Token);
        Assert.Equal(ends, await same.EndsAsync());
    }

    [Theory]
    [InlineData(RetryScope.Host)]
    [InlineData(RetryScope.Slice)]
    [InlineData(RetryScope.Pool)]
    public async Task Who_asks_for_a_run_again_has_no_new_budget_for_outcomes_that_are_stored(RetryScope scope)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string script = fleet.Evidence.Script("spent") + "; if ($env:TPU_HOST_ID -eq '0') { exit 3 }; 'good'";
        RunRequest request = new() { Script = script, MaxFailureRetry = 1, RetryScope = scope, RunId = "spent" };
        AttemptEnd[] first;
        await using (RunHandle run = await pool.StartRunAsync(request, Token))
        {
            first = await run.EndsAsync();
            Assert.Equal([RunOutcome.Failed, RunOutcome.Succeeded], first.Select(end => end.Outcome));
            Assert.Equal(2, first[0].Attempt);
        }

        int ran = fleet.Evidence.Processes("spent").Length;
        await using RunHandle same = await pool.StartRunAsync(request, Token);
        Assert.Equal(first, await same.EndsAsync());
        await using RunHandle richer = await pool.StartRunAsync(request with { MaxFailureRetry = 5, MaxPreemptionRetry = 5 }, Token);
        await richer.CancelAsync(Token);
        Assert.Equal(first, await richer.EndsAsync());
        Assert.Equal(first.Select(end => end.Outcome), (await fleet.Store.ReadRunAsync("spent", Token))!.Ended.OrderBy(end => end.Host, StringComparer.Ordinal).Select(end => end.Outcome));
        Assert.Equal(ran, fleet.Evidence.Processes("spent").Length);
    }

    // Its hosts have nothing to stop, and the store tells nobody: the driver has to look, or it would be the next attempt that is cancelled.
    [Fact]
    public async Task What_somebody_else_stops_while_the_next_attempt_waits_ends_then()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        RunRequest request = new() { Script = fleet.Evidence.Script("waits") + "; exit 3", MaxFailureRetry = 1000, RunId = "waits" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await run.AwaitRetriesAsync(attempt: 4);
        await directory.StopAsync("waits", Token);
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.All(ends, end =>
        {
            Assert.Equal((RunOutcome.Cancelled, 5), (end.Outcome, end.Attempt));
            Assert.Contains("attempt 4 had ended as Failed: exit code 3", end.Evidence, StringComparison.Ordinal);
        });
        Assert.Equal(8, fleet.Evidence.Processes("waits").Length);
        Assert.Equal(RunState.Completed, (await directory.GetAsync("waits", Token))!.State);
        await using RunHandle guest = await directory.AttachAsync("waits", Token);
        Assert.Equal(ends, await guest.EndsAsync());
    }

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task What_was_told_stays_so_when_the_store_was_away_just_then(ServerKind kind)
    {
        TestServer server = await servers.GetAsync(kind);
        await using Relay relay = Relay.To(server.Address);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenEmptyPoolAsync(fleet.Options(leaseSec: 60) with { Store = relay.Server(server).Options(fleet.Name) });
        await pool.ScaleMultisliceAsync(1, Token);
        RunRequest request = new() { Script = fleet.Evidence.WaitingScript("late") + "; exit 3", HostIds = [0], MaxPreemptionRetry = 1, RunId = "late" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("late", hosts: 1, Token);

        // The driver hears how its host ends, and cannot say that this was its last attempt.
        relay.Deafen();
        fleet.Evidence.Release("late");
        await Eventually.TrueAsync(
            () => Task.FromResult(relay.Unheard.Contains(":late}:manifest", StringComparison.Ordinal)), "the driver says where the run is", Token);
        relay.Turn(server.Address);
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.Equal((RunOutcome.Failed, 1), Assert.Single(ends.Select(end => (end.Outcome, end.Attempt))));

        await using RunDirectory directory = await RunDirectory.OpenAsync(server.Options(fleet.Name), fleet.KeyFile, Token);
        Assert.Equal(RunState.Completed, (await directory.GetAsync("late", Token))!.State);
        await Retry.UntilReachableAsync(async () =>
        {
            await using RunHandle same = await pool.StartRunAsync(request with { MaxFailureRetry = 1 }, Token);
            Assert.Equal(ends, await same.EndsAsync());
        });
        Assert.Single(fleet.Evidence.Processes("late"));
    }
}
