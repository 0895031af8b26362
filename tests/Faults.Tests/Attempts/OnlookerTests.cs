using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Attempts;

/// <summary>Who looks on at a run whose attempts are made again, and did not start it: told what is final, and nothing else.</summary>
public sealed class OnlookerTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_looks_on_between_two_attempts_waits_for_the_last_one()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        RunRequest request = new() { Script = fleet.Evidence.FirstTimeScript("seen", "exit 3", "'good'"), MaxFailureRetry = 2, RunId = "seen" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await run.AwaitRetriesAsync(attempt: 1);

        await using RunHandle guest = await directory.AttachAsync("seen", Token);
        AttemptEnd[] ends = await guest.EndsAsync();
        Assert.All(ends, end => Assert.Equal((RunOutcome.Succeeded, 2), (end.Outcome, end.Attempt)));
        Assert.Equal(ends, await run.EndsAsync());
    }

    [Theory]
    [InlineData(RetryScope.Slice, ServerKind.Redis)]
    [InlineData(RetryScope.Pool, ServerKind.Garnet)]
    public async Task Who_looks_on_is_told_no_success_that_another_attempt_may_replace(RetryScope scope, ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        string script = fleet.Evidence.FirstTimeScript(
            "gang", $"if ($env:TPU_HOST_ID -eq '0') {{ {fleet.Evidence.WaitingScript("fail")}; exit 3 }} else {{ 'first' }}", "'second'");
        RunRequest request = new() { Script = script, MaxFailureRetry = 1, RetryScope = scope, RunId = "gang" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await Eventually.TrueAsync(
            async () => (await fleet.Store.ReadRunAsync("gang", Token))!.Ended.Count == 1, "the host that does not fail has ended", Token);
        await using RunHandle guest = await directory.AttachAsync("gang", Token);
        List<RunRecord> seen = [];
        do
        {
            seen.Add(await guest.Records.ReadAsync(Token));
        }
        while (seen[^1].Kind != RecordKind.Output);

        fleet.Evidence.Release("fail");
        seen.AddRange(await guest.ReadAsync());
        RunRecord[] told = [.. seen.Where(record => record.Kind == RecordKind.End).OrderBy(record => record.Host)];
        Assert.Equal([(RunOutcome.Succeeded, 2), (RunOutcome.Succeeded, 2)], told.Select(record => (record.End!.Outcome, record.End.Attempt)));
        Assert.Equal(told.Select(record => record.End!), await run.EndsAsync());
        Assert.All(run.Hosts, host => Assert.Equal(["second"], seen.OutputOf(host)));
    }

    // It may read the last attempt to its end before it learns that there is one.
    [Theory]
    [InlineData(RetryScope.Host, ServerKind.Redis)]
    [InlineData(RetryScope.Slice, ServerKind.Garnet)]
    public async Task Who_looks_on_from_the_first_attempt_on_is_told_how_the_last_one_failed(RetryScope scope, ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        RunRequest request = new()
        {
            Script = fleet.Evidence.WaitingScript("fails") + "; exit 3", MaxFailureRetry = 1, RetryScope = scope, RunId = "fails",
        };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await using RunHandle guest = await directory.AttachAsync("fails", Token);
        fleet.Evidence.Release("fails");
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.All(ends, end => Assert.Equal((RunOutcome.Failed, 2), (end.Outcome, end.Attempt)));
        Assert.Equal(ends, await guest.EndsAsync());
    }

    [Fact]
    public async Task Who_looks_on_at_a_run_that_is_removed_between_two_attempts_is_told_how_the_last_one_ended()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunDirectory directory = await RunDirectory.OpenAsync(fleet.Server.Options(fleet.Name), fleet.KeyFile, Token);
        RunRequest request = new() { Script = "exit 3", MaxFailureRetry = 1000, RunId = "gone" };
        await using RunHandle run = await pool.StartRunAsync(request, Token);
        await run.AwaitRetriesAsync(attempt: 1);
        await using RunHandle early = await directory.AttachAsync("gone", Token);
        await run.AwaitRetriesAsync(attempt: 3);
        await using RunHandle late = await directory.AttachAsync("gone", Token);
        await directory.RemoveAsync("gone", Token);
        foreach (RunHandle guest in (RunHandle[])[early, late])
        {
            Assert.All(await guest.EndsAsync(), end => Assert.Equal((RunOutcome.Failed, 3), (end.Outcome, end.Attempt)));
        }
    }
}
