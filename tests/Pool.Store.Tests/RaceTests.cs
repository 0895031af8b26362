using System.Collections.Concurrent;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class RaceTests(SharedServers servers) : StoreTests(servers)
{
    private const int Drivers = 6;
    private const int Grants = 10_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static readonly string[] s_hosts = [.. Enumerable.Range(0, 8).Select(i => $"h{i}")];

    // Who holds a host is written down here, outside the store: between a grant and its release nobody else may have it.
    private readonly ConcurrentDictionary<string, string> _holders = new();
    private readonly ConcurrentDictionary<string, long> _epochs = new();
    private readonly ConcurrentBag<string> _violations = [];
    private int _grants;

    [Theory, ClassData(typeof(EachServer))]
    public async Task Drivers_that_race_never_get_the_same_host_and_epochs_rise(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await fleet.RegisterAsync("a1", "i1", s_hosts);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task agent = Task.Run(() => AttestAsync(fleet, done.Token), Token);
        await Task.WhenAll(Enumerable.Range(0, Drivers).Select(driver => Task.Run(() => DriveAsync(fleet, driver), Token)));
        await done.CancelAsync();
        await agent;
        Assert.Empty(_violations);
        Assert.True(_grants >= Grants, $"Only {_grants} grants: that was no race.");
    }

    private async Task DriveAsync(TestFleet fleet, int driver)
    {
        await using IPoolStore store = await fleet.OpenAnotherAsync();
        Random random = new(driver);
        long start = TimeProvider.System.GetTimestamp();
        for (int round = 0; Volatile.Read(ref _grants) < Grants && TimeProvider.System.GetElapsedTime(start) < s_patience; round++)
        {
            string[] wanted = [.. s_hosts.OrderBy(_ => random.Next()).Take(random.Next(1, 5))];
            string lease = $"d{driver}r{round}";
            LeaseGrant grant = TestFleet.Grant($"o{driver}", $"p{driver}", 60_000, wanted);
            AcquireReply reply = await store.AcquireAsync(new AcquireRequest(lease, grant), Token);
            if (reply.Status == AcquireStatus.Granted)
            {
                Interlocked.Increment(ref _grants);
                Note(wanted, lease, reply.Epoch);
                await store.RenewAsync(new RenewRequest(grant.Pool, grant.OwnerId, grant.Owner, 60_000, [lease]), Token);
                Array.ForEach(wanted, host => _holders.TryRemove(host, out _));
                await store.ReleaseAsync(new ReleaseRequest(grant.Pool, grant.OwnerId, [lease], false), Token);
            }
        }
    }

    private void Note(string[] hosts, string lease, long epoch)
    {
        foreach (string host in hosts)
        {
            if (!_holders.TryAdd(host, lease))
            {
                _violations.Add($"{host} was given to {lease} while {_holders.GetValueOrDefault(host)} had it");
            }

            if (_epochs.TryGetValue(host, out long before) && before >= epoch)
            {
                _violations.Add($"{host} had epoch {before} before {epoch}");
            }

            _epochs[host] = epoch;
        }
    }

    private static async Task AttestAsync(TestFleet fleet, CancellationToken cancellationToken)
    {
        await using IPoolStore store = await fleet.OpenAnotherAsync();
        Dictionary<string, HostFence> fences = s_hosts.ToDictionary(host => host, host => new HostFence(host, 0, "", false));
        while (!cancellationToken.IsCancellationRequested)
        {
            HeartbeatReply reply = await store.HeartbeatAsync(
                new AgentHeartbeat("a1", "i1", 60_000, [.. fences.Values]), CancellationToken.None);
            foreach (HostAssignment assignment in reply.Assignments.Where(assignment => assignment.State == HostState.Reclaiming))
            {
                // As an agent does that never accepted: only a fence as high as the lease attests its end.
                fences[assignment.Host] = new HostFence(assignment.Host, assignment.Epoch, assignment.LeaseId, false);
            }
        }
    }
}
