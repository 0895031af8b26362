using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Volumes;

/// <summary>Much output, and many runs. Alone: they take all that the machine has, and others wait for conditions with deadlines.</summary>
[CollectionDefinition(nameof(VolumeTests), DisableParallelization = true)]
[Collection(nameof(VolumeTests))]
public sealed class VolumeTests(SharedServers servers)
{
    private const int Megabyte = 1024 * 1024;
    private const int Runs = 10_000;

    // Far below what is written, and above what a runtime needs anyhow.
    private const int MemoryLimit = 700;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gigabyte_of_output_is_cut_at_its_limit_and_disturbs_no_lease()
    {
        // A server of its own: what it keeps of this is in the way of other tests.
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Garnet, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync(leaseSec: 10);
        string lease = pool.GetAllActorsInPool()[0].Id;
        const string Flood = "if ($env:TPU_HOST_ID -eq '0') { $text = [string]::new([char]'x', 1MB); foreach ($i in 1..1024) { $text } } else { 'quiet' }";
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = Flood }, Token);
        Dictionary<int, long> received = [];
        Dictionary<int, AttemptEnd> ends = [];
        await foreach (RunRecord record in run.Records.ReadAllAsync(Token))
        {
            received[record.Host.HostId] = received.GetValueOrDefault(record.Host.HostId) + record.Data.Length;
            _ = record.End is { } end && ends.TryAdd(record.Host.HostId, end);
        }

        ends.Values.AllAre(RunOutcome.Succeeded);
        Assert.True(ends[0].OutputBytes > 1024L * Megabyte);
        Assert.InRange(received[0], 100L * Megabyte, ends[0].OutputLimit);
        Assert.Equal((0, 0), (ends[1].OutputBytes, ends[1].OutputLimit));
        Assert.Equal((lease, PoolState.Active), (pool.GetAllActorsInPool()[0].Id, pool.State));
        await pool.SucceedAsync("1");
        Assert.All(Processes.Of(fleet.Name), pid => Assert.InRange(Processes.PeakMemory(pid), 1, MemoryLimit));
        Assert.Contains(agent.Pid, Processes.Of(fleet.Name));
    }

    // Sessions that wait for a lock in the embedded store once used up every thread of it, and nobody's renewal got through.
    [Fact]
    public async Task Eight_hosts_that_flood_at_once_keep_their_leases()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Garnet, Token);
        await using Fleet fleet = await Fleet.CreateAsync(server);
        await fleet.StartAgentAsync("2x4");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, hostsPerSlice: 4, leaseSec: 10);
        string[] leases = [.. pool.GetAllActorsInPool().Select(slice => slice.Id)];
        const string Flood = "$text = [string]::new([char]'x', 1MB); foreach ($i in 1..40) { $text }";
        await using RunHandle run = await pool.StartRunAsync(new RunRequest { Script = Flood }, Token);
        Dictionary<string, long> received = [];
        List<AttemptEnd> ends = [];
        await foreach (RunRecord record in run.Records.ReadAllAsync(Token))
        {
            received[record.Host.ToString()] = received.GetValueOrDefault(record.Host.ToString()) + record.Data.Length;
            ends.AddRange(record.End is { } end ? [end] : []);
        }

        Assert.Equal(8, ends.Count);
        ends.AllAre(RunOutcome.Succeeded);
        Assert.All(received.Values, bytes => Assert.InRange(bytes, 40L * Megabyte, 44L * Megabyte));
        Assert.Equal(leases, pool.GetAllActorsInPool().Select(slice => slice.Id));
    }

    [Fact]
    public async Task Ten_thousand_runs_in_a_row_leave_nothing_behind()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync("1x1");
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 1);
        await RepeatAsync(pool, 100);
        Standing before = Look(fleet, agent);
        await RepeatAsync(pool, Runs);
        // The last ones are acknowledged together, a moment later, or when somebody asks.
        Assert.Empty(await pool.Runs().ListAsync(Token));
        Standing after = Look(fleet, agent);
        Assert.Equal(before.Processes, after.Processes);
        Assert.DoesNotContain(after.Keys, key => key.StartsWith($"{{ef:{fleet.Name}:", StringComparison.Ordinal));
        // Commands lie in the agent's inbox until it looks there, which it does every second, and then to the end.
        string[] Left() => [.. fleet.KeysInStore().Where(static key => IsOfRuns(key))];
        await Eventually.TrueAsync(
            () => Task.FromResult(Left().Length == 0), () => $"no key is left over: {string.Join(", ", Left())}", Token);
        Assert.DoesNotContain(fleet.KeysInStore().Except(before.Keys), static key => !IsOfHeartbeats(key));
        Assert.Equal(before.Channels, after.Channels);
        Assert.InRange(after.AgentHandles, 0, before.AgentHandles + 10);
        Assert.InRange(after.RunnerHandles, 0, before.RunnerHandles + 10);
        Assert.InRange(after.DriverHandles, 0, before.DriverHandles + (Runs / 20));
    }

    private static bool IsOfRuns(string key) =>
        key.Contains("}:run", StringComparison.Ordinal) || key.Contains("}:inbox", StringComparison.Ordinal);

    // They are there from the first heartbeat on that has something to tell, which may come after the first look.
    private static bool IsOfHeartbeats(string key) => key.EndsWith("}:health", StringComparison.Ordinal) || key.EndsWith("}:load", StringComparison.Ordinal);

    private static async Task RepeatAsync(SlicePoolManager pool, int times)
    {
        RunRequest request = new() { Script = "" };
        for (int time = 0; time < times; time++)
        {
            HostResult result = Assert.Single(await pool.ExecuteOnEachHostFlatAsync(request, Token));
            Assert.True(result.Outcome == RunOutcome.Succeeded, result.Evidence);
        }
    }

    // Other tests of this process come and go meanwhile: of the driver's handles only a flood tells anything.
    private static Standing Look(Fleet fleet, AgentProcess agent)
    {
        int[] processes = [.. Processes.Of(fleet.Name).Order()];
        string[] channels = [.. fleet.Channels()];
        return new Standing(
            processes,
            fleet.KeysInStore(),
            channels,
            Processes.OpenHandles(agent.Pid),
            processes.Where(pid => pid != agent.Pid).Sum(Processes.OpenHandles),
            Processes.OpenHandles(Environment.ProcessId));
    }

    private sealed record Standing(int[] Processes, string[] Keys, string[] Channels, int AgentHandles, int RunnerHandles, int DriverHandles);
}
