using System.Collections.Concurrent;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What a driver sends: it grows with slices and with the payload, not with hosts.</summary>
public sealed class SendingTests(SharedServers servers)
{
    private const int Hosts = 32;
    private const int PayloadLength = 1_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slice_gets_one_doorbell_and_one_command_and_the_payload_is_stored_once()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        await fleet.StandInAsync(Fleet.LooseHosts(Hosts));
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: Hosts);
        string agent = (await fleet.HostsAsync())[0].AgentId;
        ConcurrentQueue<byte[]> rung = new();
        await using IAsyncDisposable bell = await fleet.Store.ListenAsync(Doorbell.Agent(agent), message => rung.Enqueue(message.ToArray()), Token);
        await using RunHandle run = await pool.StartAsync("#" + new string('x', PayloadLength));
        await Eventually.TrueAsync(() => Task.FromResult(!rung.IsEmpty), "the doorbell rings", Token);
        Assert.Equal(Hosts, run.Hosts.Count);
        Assert.Single(rung, IsRun);
        Assert.Equal(1, await fleet.Raw.ListLengthAsync(fleet.Key("inbox:" + agent)));
        long stored = 0;
        foreach (string key in fleet.KeysInStore().Where(key => key.Contains(run.RunId, StringComparison.Ordinal)))
        {
            stored += (long)await fleet.Raw.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", "0");
        }

        Assert.InRange(stored, PayloadLength, 2 * PayloadLength);
    }

    // Other messages, such as hints and cancellations, are of other kinds.
    private static bool IsRun(byte[] message) => AgentMessage.TryDecode(message, out AgentMessage told) && told.Kind == AgentMessageKind.Run;
}
