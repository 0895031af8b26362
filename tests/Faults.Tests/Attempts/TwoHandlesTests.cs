using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Attempts;

/// <summary>A run that was asked for twice in one session: both see to its attempts, and each attempt is made once.</summary>
public sealed class TwoHandlesTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The second one waits a second, as after a first failure, and the first one four: it is overtaken.
    [Fact]
    public async Task Who_waits_longer_follows_the_attempt_that_the_other_makes()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        RunRequest request = new() { Script = fleet.Evidence.FailingScript("overtaken"), MaxFailureRetry = 1000, RunId = "overtaken" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await first.AwaitRetriesAsync(attempt: 3);
        fleet.Evidence.Release("overtaken");
        await using RunHandle second = await pool.StartRunAsync(request, Token);

        AttemptEnd[] ends = await second.EndsAsync();
        Assert.All(ends, end => Assert.Equal((RunOutcome.Succeeded, 4), (end.Outcome, end.Attempt)));
        Assert.Equal(ends, await first.EndsAsync());
        Assert.Equal(8, fleet.Evidence.Processes("overtaken").Length);
    }

    [Theory]
    [InlineData(RetryScope.Host, ServerKind.Redis)]
    [InlineData(RetryScope.Slice, ServerKind.Garnet)]
    public async Task An_attempt_that_both_send_starts_once(RetryScope scope, ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string script = fleet.Evidence.FirstTimeScript(
            "both", fleet.Evidence.WaitingScript("fail") + "; exit 3", "'began'; " + fleet.Evidence.WaitingScript("end"));
        RunRequest request = new() { Script = script, MaxFailureRetry = 1, RetryScope = scope, RunId = "both" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("both", hosts: 2, Token);
        await using RunHandle second = await pool.StartRunAsync(request, Token);
        fleet.Evidence.Release("fail");
        foreach (RunHandle run in (RunHandle[])[first, second])
        {
            await run.AwaitRetriesAsync(attempt: 1);
            await AwaitAsync(run, RecordKind.Output);
        }

        fleet.Evidence.Release("end");
        AttemptEnd[] ends = await first.EndsAsync();
        Assert.All(ends, end => Assert.True((end.Outcome, end.Attempt) == (RunOutcome.Succeeded, 2), $"{end.Outcome} {end.Attempt}: {end.Evidence}"));
        Assert.Equal(ends, await second.EndsAsync());
        Assert.Equal(4, fleet.Evidence.Processes("both").Length);
    }

    [Fact]
    public async Task A_host_whose_turn_comes_for_both_starts_once()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string script = $"if ($env:TPU_HOST_ID -eq '0') {{ {fleet.Evidence.WaitingScript("first")} }} else {{ 'began'; {fleet.Evidence.WaitingScript("last")} }}";
        RunRequest request = new() { Script = script, ThrottleLimit = 1, RunId = "turn" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await using RunHandle second = await pool.StartRunAsync(request, Token);
        fleet.Evidence.Release("first");
        foreach (RunHandle run in (RunHandle[])[first, second])
        {
            await AwaitAsync(run, RecordKind.End);
            await AwaitAsync(run, RecordKind.Output);
        }

        fleet.Evidence.Release("last");
        foreach (RunHandle run in (RunHandle[])[first, second])
        {
            AttemptEnd end = (await run.ReadAsync()).Single(record => record.Kind == RecordKind.End).End!;
            Assert.True((end.Outcome, end.Attempt) == (RunOutcome.Succeeded, 1), $"{end.Outcome} {end.Attempt}: {end.Evidence}");
        }

        Assert.Single(fleet.Evidence.Processes("last"));
    }

    // Each round is a race: before the store knows of the run both find that there is none.
    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task A_run_that_is_asked_for_twice_at_the_same_moment_is_one_run_and_another_script_is_refused(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        for (int round = 0; round < 10; round++)
        {
            string id = $"race{round}";
            RunRequest request = new() { Script = $"{fleet.Evidence.Script(id)}; '{id}'", RunId = id };
            Task<RunHandle>[] asking = [.. Enumerable.Range(0, 4).Select(_ => pool.StartRunAsync(request, Token))];
            RunHandle[] runs = await Task.WhenAll(asking);
            List<RunRecord>[] all = await Task.WhenAll(runs.Select(run => run.ReadAsync()));
            Assert.All(all, records => Assert.All(runs[0].Hosts, host => Assert.Equal([id], records.OutputOf(host))));
            Assert.All(all, records => Assert.Equal(2, records.Count(record => record.End is { Outcome: RunOutcome.Succeeded, Attempt: 1 })));
            Assert.Equal(2, fleet.Evidence.Processes(id).Length);

            Task<RunHandle>[] others = [.. Enumerable.Range(0, 2).Select(i => pool.StartRunAsync(new RunRequest { Script = $"{i}", RunId = id + "other" }, Token))];
            SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => Task.WhenAll(others));
            Assert.Equal("RunIdInUse", error.ErrorId);
            Assert.Contains("another script", error.Message, StringComparison.Ordinal);
            await using RunHandle one = await Assert.Single(others, other => other.IsCompletedSuccessfully);
            Assert.All(await one.EndsAsync(), end => Assert.Equal(RunOutcome.Succeeded, end.Outcome));
            foreach (RunHandle run in runs)
            {
                await run.DisposeAsync();
            }
        }
    }

    private static async Task AwaitAsync(RunHandle run, RecordKind kind)
    {
        while ((await run.Records.ReadAsync(Token)).Kind != kind)
        {
        }
    }
}
