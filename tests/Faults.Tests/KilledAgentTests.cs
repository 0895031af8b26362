using System.Globalization;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>An agent that is killed in the middle of a run.</summary>
public sealed class KilledAgentTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task Its_processes_go_its_hosts_are_lost_and_a_new_one_serves_again(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        AgentProcess first = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("mid"));
        await fleet.Evidence.AwaitAsync("mid", hosts: 2, Token);
        string incarnation = (await fleet.HostsAsync())[0].Incarnation;
        await first.SignalAsync("KILL");
        await fleet.AwaitProcessesAsync();

        AgentProcess second = await fleet.StartAgentAsync();
        (await run.EndsAsync()).AllAre(RunOutcome.HostLost);
        Assert.All(await fleet.HostsAsync(), host => Assert.NotEqual(incarnation, host.Incarnation));
        Assert.Equal(2, fleet.Evidence.Processes("mid").Length);

        // The pool heals by itself: the slice is replaced, by the same hosts.
        await pool.SucceedsSoonAsync("1");
        await pool.DrainActorPoolAsync(Token);
        await fleet.AwaitIdleAsync();
        LeaseHistory.Check(LeaseHistory.Read(first.Log, second.Log));
        await RefusesLowerEpochsAsync(fleet);
    }

    [Fact]
    public async Task Without_a_new_one_the_run_ends_all_the_same()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.EndlessScript("mid"));
        await fleet.Evidence.AwaitAsync("mid", hosts: 2, Token);
        await agent.SignalAsync("KILL");
        await fleet.AwaitProcessesAsync();
        (await run.EndsAsync()).AllAre(RunOutcome.HostLost);
    }

    // Their ends, which the driver writes, are more than one entry of the log can hold.
    [Fact]
    public async Task A_thousand_hosts_that_are_lost_at_once_have_an_end_each()
    {
        const int Slices = 16, Hosts = 64;
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        AgentProcess agent = await fleet.StartAgentAsync($"{Slices}x{Hosts}");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: Slices, hostsPerSlice: Hosts);
        await agent.SignalAsync("STOP");
        await using RunHandle run = await pool.StartAsync("1");
        await agent.SignalAsync("KILL");
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.Equal(Slices * Hosts, ends.Length);
        ends.AllAre(RunOutcome.HostLost, RunOutcome.NeverStarted);
        RunStanding? standing = await fleet.Store.ReadRunAsync(run.RunId, Token);
        Assert.Equal(Slices * Hosts, standing!.Ended.Count);
    }

    [Theory, ClassData(typeof(EachSingleServer))]
    public async Task It_costs_the_outcomes_of_its_own_hosts_only(ServerKind kind)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(kind));
        AgentProcess first = await fleet.StartAgentAsync("1x2", "first", null, "--slice", "first");
        await fleet.StartAgentAsync("1x2", "second", null, "--slice", "second");
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2);
        await using RunHandle run = await pool.StartAsync("1..100; " + fleet.Evidence.WaitingScript("half"));
        await fleet.Evidence.AwaitAsync("half", hosts: 4, Token);
        await first.SignalAsync("KILL");
        fleet.Evidence.Release("half");
        List<RunRecord> records = await run.ReadAsync();
        foreach (HostAddress host in run.Hosts)
        {
            AttemptEnd end = Assert.Single(records, record => record.Host == host && record.Kind == RecordKind.End).End!;
            bool survives = host.SliceName.StartsWith("second", StringComparison.Ordinal);
            Assert.True(end.Outcome == RunOutcome.Succeeded || (!survives && end.Outcome == RunOutcome.HostLost), $"{host} {end.Outcome}: {end.Evidence}");
            if (survives)
            {
                Assert.Equal([.. Enumerable.Range(1, 100).Select(i => i.ToString(CultureInfo.InvariantCulture)), "done"], records.OutputOf(host));
            }
        }
    }

    [Fact]
    public async Task Children_that_left_the_session_ignore_signals_and_hold_the_output_open_are_gone_with_it()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        string deaf = fleet.PathOf("deaf.sh");
        await File.WriteAllTextAsync(deaf, "trap '' TERM HUP INT QUIT\nsleep 3600\nsleep 3600\n", Token);
        await using RunHandle run = await pool.StartAsync($"& /bin/sh -c 'trap \"\" TERM HUP; setsid /bin/sh {deaf} & /bin/sh {deaf}' | ForEach-Object {{ }}");
        await Eventually.TrueAsync(
            () => Task.FromResult(fleet.UserProcesses().Count(pid => Processes.CommandLine(pid).StartsWith("sleep", StringComparison.Ordinal)) == 4),
            "two children of each host sleep", Token);
        await agent.SignalAsync("KILL");
        await fleet.AwaitProcessesAsync();
    }

    // The store is made to forget what it knows of epochs, so that it grants one that these hosts have seen already.
    private static async Task RefusesLowerEpochsAsync(Fleet fleet)
    {
        IReadOnlyList<HostRecord> before = await fleet.HostsAsync();
        LeaseGrant grant = new()
        {
            Pool = "thief",
            OwnerId = "thief",
            Owner = "thief",
            Slot = 0,
            SliceName = "slice-0",
            Hosts = [.. before.Select(host => host.Registration.Host)],
            TtlMs = 30_000,
        };
        string lease = await GrantLowAsync(fleet, before, grant);
        await Eventually.TrueAsync(
            async () => (await fleet.HostsAsync()).All(host => host.LeaseId == lease && host.State == HostState.Lost), "the agent refuses", Token);
        Assert.DoesNotContain(lease, await File.ReadAllTextAsync(fleet.PathOf("agent/fence.json"), Token), StringComparison.Ordinal);
        await fleet.Store.ReleaseAsync(new ReleaseRequest("thief", "thief", [lease], ForgetPool: true), Token);
        await fleet.AwaitIdleAsync();
    }

    // A heartbeat in between heals the store; then it is tried again.
    private static async Task<string> GrantLowAsync(Fleet fleet, IReadOnlyList<HostRecord> hosts, LeaseGrant grant)
    {
        string? low = null;
        await Eventually.TrueAsync(
            async () =>
            {
                string lease = Guid.NewGuid().ToString("N");
                ITransaction forget = fleet.Raw.CreateTransaction();
                _ = forget.HashSetAsync(fleet.Key("meta"), "epoch", "0");
                _ = forget.HashSetAsync(fleet.Key("state"), [.. hosts.Select(host => new HashEntry(host.Registration.Host, $"I|0||0|{host.AgentId}"))]);
                await forget.ExecuteAsync();
                AcquireReply reply = await fleet.Store.AcquireAsync(new AcquireRequest(lease, grant), Token);
                Assert.Equal(AcquireStatus.Granted, reply.Status);
                if (reply.Epoch <= hosts.Min(host => host.FenceEpoch))
                {
                    low = lease;
                    return true;
                }

                await fleet.Store.ReleaseAsync(new ReleaseRequest(grant.Pool, grant.OwnerId, [lease], ForgetPool: true), Token);
                await fleet.AwaitIdleAsync();
                return false;
            },
            "a low epoch is granted",
            Token);
        return low!;
    }
}
