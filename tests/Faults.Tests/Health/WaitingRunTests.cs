using System.Globalization;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Health;

/// <summary>Runs that wait for a slice to be replaced.</summary>
public sealed class WaitingRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_do_not_keep_the_store_busy()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle first = await pool.StartAsync(fleet.Evidence.EndlessScript("first"));
        await fleet.Evidence.AwaitAsync("first", hosts: 2, Token);
        await using SliceFleet operators = await SliceFleet.OpenAsync(server.Options(fleet.Name), Token);
        await operators.SuspendAsync([(await fleet.HostsAsync())[0].Registration.Host], "a new fan", TimeSpan.FromMinutes(10), Token);

        // As long as the first run is on it, the slice is not replaced. Until the pool has noticed, runs are sent.
        using CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<RunHandle> waiting = Task.FromException<RunHandle>(new InvalidOperationException("It was not started."));
        await Eventually.TrueAsync(
            async () =>
            {
                waiting = waiting.IsCompleted ? pool.StartRunAsync(new RunRequest { Script = "2" }, given.Token) : waiting;
                await PassAsync(fleet, seconds: 2);
                return !waiting.IsCompleted;
            },
            "a run waits", Token);
        long before = await ScriptsAsync(fleet);
        await PassAsync(fleet, seconds: 4);
        Assert.InRange(await ScriptsAsync(fleet) - before, 1, 400);
        Assert.False(waiting.IsCompleted);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    // By the server's clock, which tells how much it could have been asked.
    private static async Task PassAsync(Fleet fleet, int seconds)
    {
        long start = await SecondsAsync(fleet);
        await Eventually.TrueAsync(async () => await SecondsAsync(fleet) > start + seconds, "time passes", Token);
    }

    private static async Task<long> SecondsAsync(Fleet fleet) => (long)((StackExchange.Redis.RedisResult[])(await fleet.Raw.ExecuteAsync("TIME"))!)[0];

    // All that anybody asks of the server takes a script.
    private static async Task<long> ScriptsAsync(Fleet fleet)
    {
        string statistics = (string)(await fleet.Raw.ExecuteAsync("INFO", "commandstats"))!;
        string line = statistics.Split('\n').First(line => line.StartsWith("cmdstat_evalsha:", StringComparison.Ordinal));
        return long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture);
    }
}
