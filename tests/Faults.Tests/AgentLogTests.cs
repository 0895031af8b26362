using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What an agent logs of a store that is away while its hosts write.</summary>
public sealed class AgentLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_away_is_told_once_and_that_it_is_back_too()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds);
        await using RunHandle run = await pool.StartAsync("while ($true) { 'x'; [Threading.Thread]::Sleep(20) }");
        await run.Records.WaitToReadAsync(Token);

        // Until the lease ends its hosts have something to write.
        await server.KillAsync();
        await Eventually.TrueAsync(() => Task.FromResult(agent.Count("has not seen its lease renewed in time") == 2), "the lease ends", Token);
        Assert.Equal(1, agent.Count("StoreUnreachable"));
        Assert.Equal(1, agent.Count("cannot be reached"));
        Assert.Equal(0, agent.Count(" at Eformer."));

        await server.StartAgainAsync(Token);
        await Eventually.TrueAsync(() => Task.FromResult(agent.Count("Nothing waits for the store any more") == 1), "it is over", Token);
        Assert.Equal(0, agent.Count("SlicePoolException"));
    }
}
