using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Attempts;

/// <summary>The budgets of a run that is asked for twice: they are the run's, and spent once.</summary>
public sealed class RetryBudgetTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Who_asks_with_another_budget_gets_the_runs(int other)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        RunRequest request = new() { Script = fleet.Evidence.WaitingScript("budget") + "; exit 3", MaxFailureRetry = 1, RunId = "budget" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("budget", hosts: 2, Token);
        await using RunHandle second = await pool.StartRunAsync(request with { MaxFailureRetry = other }, Token);
        fleet.Evidence.Release("budget");
        await BothFailTwiceAsync(first, second);
        Assert.Equal(4, fleet.Evidence.Processes("budget").Length);
    }

    [Theory]
    [InlineData(RetryScope.Host)]
    [InlineData(RetryScope.Slice)]
    public async Task Who_asks_when_it_is_spent_has_no_new_one(RetryScope scope)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        // With one budget for the slice, a host that has failed ends the attempts of the others; so none fails before all have begun.
        string script = fleet.Evidence.FirstTimeScript("spent", $"{fleet.Evidence.AwaitScript("spent", 0)}; {fleet.Evidence.AwaitScript("spent", 1)}; exit 3", fleet.Evidence.WaitingScript("last") + "; exit 3");
        RunRequest request = new() { Script = script, MaxFailureRetry = 1, RetryScope = scope, RunId = "spent" };
        await using RunHandle first = await pool.StartRunAsync(request, Token);
        await fleet.Evidence.AwaitAsync("last", hosts: 2, Token);
        await using RunHandle second = await pool.StartRunAsync(request, Token);
        fleet.Evidence.Release("last");
        await BothFailTwiceAsync(first, second);
        Assert.Equal(4, fleet.Evidence.Processes("spent").Length);
    }

    private static async Task BothFailTwiceAsync(RunHandle first, RunHandle second)
    {
        AttemptEnd[] ends = await first.EndsAsync();
        Assert.All(ends, end => Assert.Equal((RunOutcome.Failed, 2), (end.Outcome, end.Attempt)));
        Assert.Equal(ends, await second.EndsAsync());
    }
}
