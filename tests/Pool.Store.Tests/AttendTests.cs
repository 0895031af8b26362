using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>What an agent is told about the attempts it carries out.</summary>
public sealed class AttendTests(SharedServers servers) : StoreTests(servers)
{
    private static readonly byte[] s_payload = "do it"u8.ToArray();

    [Theory, ClassData(typeof(EachServer))]
    public async Task What_was_claimed_is_wanted_until_it_has_ended_or_is_anothers(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0", "h1", "h2", "h3");
        Assert.Empty(await run.AttendAsync("i1", 1, "h0", "h1", "h2", "h3"));
        await run.CompleteAsync("a1", "i1", 1, s_payload, "h1");
        await run.JudgeAsync("driver1", 1, RunOutcome.HostLost, "h2");
        await run.ClaimAsync("a1", "i1", 2, "h3");
        Assert.Equal(["h1", "h2", "h3"], await run.AttendAsync("i1", 1, "h0", "h1", "h2", "h3"));
        Assert.Empty(await run.AttendAsync("i1", 2, "h3"));
        Assert.Equal(["h0"], await run.AttendAsync("i2", 1, "h0"));
        Assert.Equal(["h4"], await run.AttendAsync("i1", 1, "h4"));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Nothing_is_wanted_of_a_run_that_was_stopped_or_is_gone(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun stopped = new(fleet), gone = new(fleet);
        foreach (TestRun run in new[] { stopped, gone })
        {
            await run.SubmitAsync(s_payload);
            await run.ClaimAsync("a1", "i1", "h0");
        }

        await fleet.Store.CancelAsync(new RunCancellation(stopped.Id, []), fleet.Token);
        await gone.AcknowledgeAsync();
        Assert.Equal(["h0"], await stopped.AttendAsync("i1", 1, "h0"));
        Assert.Equal(["h0"], await gone.AttendAsync("i1", 1, "h0"));
        Assert.Null(await gone.StandingAsync());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_run_that_is_attended_lives_on(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        TestRun run = new(fleet);
        await run.SubmitAsync(s_payload);
        await run.ClaimAsync("a1", "i1", "h0");
        long early = 0;
        await Eventually.TrueAsync(
            async () => (early = (await run.StandingAsync())!.ExpiresMs) < 59_000, "a hundredth of its time has gone", fleet.Token);
        await run.AttendAsync("i1", 1, "h0");
        Assert.True((await run.StandingAsync())!.ExpiresMs > early);
    }
}
