using Acme.Functions;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Functions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>Functions that throw, hang or end their process have one honest end on each host, and cost no other host's.</summary>
public sealed class CallFaultTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task What_one_of_eight_hosts_throws_comes_back_and_the_others_are_good(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 8);
        await using Fleet whole = fleet;
        HostResults<int> results = await pool.CallAsync(Remote.Fail.With(5), isolation);
        Assert.Equal([0, 1, 2, 3, 4, 6, 7], results.Succeeded.Select(result => result.HostId));
        HostResult<int> failed = Assert.Single(results.Failed);
        Assert.Equal((5, RunOutcome.Failed, "System.InvalidOperationException: it went wrong"), (failed.HostId, failed.Outcome, failed.Evidence));
        RemoteException thrown = Assert.IsType<RemoteException>(failed.Exception);
        Assert.Equal(("System.InvalidOperationException", "it went wrong"), (thrown.RemoteType, thrown.Message));
        Assert.Contains("Acme.Functions.Remote.DoFail", thrown.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Equal("the cause", Assert.IsType<RemoteException>(thrown.InnerException).Message);
        Assert.Same(thrown, Assert.Throws<HostRunException>(() => results.Values).InnerException);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task What_does_not_tell_anything_of_itself_is_a_failed_function_all_the_same(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 1);
        await using Fleet whole = fleet;
        HostResult<int> failed = Assert.Single(await pool.CallAsync(Remote.Sulk.With(1), isolation));
        Assert.Equal((RunOutcome.Failed, "Acme.Functions.SulkyException"), (failed.Outcome, Assert.IsType<RemoteException>(failed.Exception).RemoteType));
        Assert.Contains("its message cannot be read", failed.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_its_own_type_refuses_costs_its_own_host_only()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 3);
        await using Fleet whole = fleet;
        HostResults<Amount> results = await pool.CallAsync(Remote.Owe.With(new Amount(5)));
        Assert.Equal([0, 2], results.Succeeded.Select(result => result.HostId));
        Assert.All(results, result => Assert.Equal(RunOutcome.Succeeded, result.Outcome));
        Assert.Equal("ResultUnreadable", Assert.IsType<SlicePoolException>(results[1].Exception).ErrorId);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task One_that_heeds_its_token_is_cancelled_and_its_hosts_are_free(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        await using RunHandle<int> run = await pool.SendAsync(fleet.Waiting("w", heeds: true), new RemoteCallOptions { Isolation = isolation });
        await fleet.Evidence.AwaitAsync("w", hosts: 2, Token);
        await run.CancelAsync(Token);
        HostResults<int> results = await run.Results.PatientlyAsync();
        Assert.All(results, result => Assert.Equal((RunOutcome.Cancelled, null), (result.Outcome, result.Exception)));
        Assert.Equal([2, 2], (await pool.CallAsync(Remote.Twice.With(1), isolation)).Values);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task One_whose_time_is_up_is_stopped(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        RemoteCallOptions options = new() { Isolation = isolation, Timeout = TimeSpan.FromMilliseconds(300) };
        HostResults<int> results = await pool.CallAsync(fleet.Waiting("w", heeds: true), options);
        Assert.All(results, result => Assert.Equal(RunOutcome.TimedOut, result.Outcome));
    }

    [Theory]
    [InlineData(Isolation.Session)]
    [InlineData(Isolation.Process)]
    public async Task One_that_does_not_heed_its_token_is_killed_with_its_process(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        RemoteCallOptions options = new() { Isolation = isolation, Timeout = TimeSpan.FromMilliseconds(300) };
        HostResults<int> results = await pool.CallAsync(fleet.Waiting("w", heeds: false), options);
        Assert.All(results, result => Assert.Equal(RunOutcome.TimedOut, result.Outcome));
        Assert.All(results, result => Assert.Contains("was killed", result.Evidence, StringComparison.Ordinal));
        Assert.DoesNotContain(fleet.Evidence.Processes("w"), Processes.Of(fleet.Name).Contains);
        Assert.Equal([2, 2], (await pool.CallAsync(Remote.Twice.With(1), isolation)).Values);
    }

    [Fact]
    public async Task One_in_the_agents_process_has_its_end_and_its_host_stays_taken_until_it_is_over()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        RemoteCallOptions options = new() { HostIds = [0], Timeout = TimeSpan.FromMilliseconds(300) };
        HostResult<int> result = Assert.Single(await pool.CallAsync(fleet.Waiting("w", heeds: false), options));
        Assert.Equal(RunOutcome.TimedOut, result.Outcome);
        Assert.Contains("still runs", result.Evidence, StringComparison.Ordinal);
        HostResults<int> next = await pool.CallAsync(Remote.Twice.With(1));
        Assert.Equal((RunOutcome.NeverStarted, RunOutcome.Succeeded), (next[0].Outcome, next[1].Outcome));
        Assert.Contains("busy with run", next[0].Evidence, StringComparison.Ordinal);

        // The lease ends when the function does, not before.
        Task removing = pool.DisposeAsync().AsTask();
        await Eventually.TrueAsync(async () => (await fleet.HostsAsync()).Any(host => host.State == Store.HostState.Idle), "the other host is free", Token);
        Assert.Contains(await fleet.HostsAsync(), host => host.State != Store.HostState.Idle);
        fleet.Evidence.Release("w");
        await Eventually.AnswersAsync(removing, Token);
        await fleet.AwaitIdleAsync();
    }

    [Fact]
    public async Task Many_that_block_the_agents_threads_do_not_cost_its_heartbeats()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 64);
        await using Fleet whole = fleet;
        await using RunHandle<int> run = await pool.SendAsync(fleet.Waiting("w", heeds: false));
        await fleet.Evidence.AwaitAsync("w", hosts: 64, Token);
        Assert.All(await fleet.HostsAsync(), host => Assert.True(host.Alive));
        fleet.Evidence.Release("w");
        Assert.Equal(Enumerable.Range(0, 64), (await run.Results.PatientlyAsync()).Values);
    }

    [Theory]
    [InlineData(Isolation.Session, 7)]
    [InlineData(Isolation.Process, null)]
    public async Task One_that_ends_its_process_fails_there_and_nowhere_else(Isolation isolation, int? exitCode)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 3);
        await using Fleet whole = fleet;
        HostResults<int> results = await pool.CallAsync(Remote.EndProcess.With(new Exit(1, exitCode)), isolation);
        Assert.Equal([0, 2], results.Succeeded.Select(result => result.HostId));
        Assert.Equal((RunOutcome.Failed, exitCode ?? 134), (results[1].Outcome, results[1].ExitCode));
        Assert.Equal([2, 2, 2], (await pool.CallAsync(Remote.Twice.With(1), isolation)).Values);
    }

    [Fact]
    public async Task Failed_attempts_are_made_again_as_those_of_scripts_are()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        HostResults<int> results = await pool.CallAsync(Remote.Fail.With(1), new RemoteCallOptions { MaxFailureRetry = 2 });
        Assert.Equal((RunOutcome.Succeeded, 1), (results[0].Outcome, results[0].Attempt));
        Assert.Equal((RunOutcome.Failed, 3), (results[1].Outcome, results[1].Attempt));
        Assert.IsType<RemoteException>(results[1].Exception);
    }

    [Theory, MemberData(nameof(FunctionFleet.Everywhere), MemberType = typeof(FunctionFleet))]
    public async Task Values_that_cannot_be_sent_are_the_functions_error(Isolation isolation)
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 1);
        await using Fleet whole = fleet;
        Assert.Contains("PayloadInvalid", await FailAsync(pool, Remote.Number.With(0), isolation), StringComparison.Ordinal);
        Assert.Contains("17,825,7", await FailAsync(pool, Remote.Text.With(17 * 1024 * 1024), isolation), StringComparison.Ordinal);
        Assert.Equal(3_000_000, Assert.Single((await pool.CallAsync(Remote.Text.With(3_000_000), isolation)).Values).Length);
    }

    [Fact]
    public async Task Arguments_that_cannot_be_sent_are_refused_here()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, hosts: 1);
        await using Fleet whole = fleet;
        Assert.Equal("PayloadInvalid", await RefusedAsync(() => pool.CallAsync(Remote.Number.With(double.NaN))));
        Assert.Equal("PayloadTooLarge", await RefusedAsync(() => pool.CallAsync(Remote.Shout.With(new string('x', 17 * 1024 * 1024)))));
        Options deep = new("a") { Steps = 1 };
        for (int i = 0; i < 100; i++)
        {
            deep = new Options("a") { Steps = 1, Inner = deep };
        }

        Assert.Equal("PayloadTooDeep", await RefusedAsync(() => pool.CallAsync(Remote.Describe.With(deep))));
        await pool.DisposeAsync();
        Assert.Equal("PoolRemoved", await RefusedAsync(() => pool.CallAsync(Remote.Twice.With(1))));
    }

    private static async Task<string> FailAsync<T>(SlicePoolManager pool, RemoteRequest<T> request, Isolation isolation)
    {
        HostResult<T> result = Assert.Single(await pool.CallAsync(request, isolation));
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        return result.Evidence + (result.Exception as RemoteException)?.Message;
    }

    private static async Task<string> RefusedAsync<T>(Func<Task<T>> call) => (await Assert.ThrowsAsync<SlicePoolException>(async () => await call())).ErrorId;
}
