using System.Text.Json.Nodes;
using Eformer.Pool.Envelopes;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Hosts whose keys are not the driver's: nothing of them is believed, and the driver is told something true.</summary>
public sealed class ForeignKeysTests(SharedServers servers)
{
    [Fact]
    public async Task Hosts_that_do_not_trust_the_driver_never_start()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        FleetKeys.Create(fleet.Name).Save(fleet.PathOf("other.json"));
        await fleet.StartAgentAsync(keyFile: fleet.PathOf("other.json"));
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        AttemptEnd[] ends = await pool.RunAsync(fleet.Evidence.Script("foreign"));
        ends.AllAre(RunOutcome.NeverStarted);
        Assert.All(ends, end => Assert.Contains("keys", end.Evidence, StringComparison.Ordinal));
        Assert.Empty(fleet.Evidence.Processes("foreign"));
    }

    [Fact]
    public async Task Results_that_are_signed_with_another_key_are_not_believed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync(keyFile: WithOtherHostKey(fleet));
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(fleet.Evidence.Script("unbelieved") + "; 'output'");
        List<RunRecord> records = await run.ReadAsync();
        Assert.All(records, record => Assert.Equal(RecordKind.End, record.Kind));
        AttemptEnd[] ends = [.. records.Select(record => record.End!)];
        Assert.Equal(2, ends.Length);
        ends.AllAre(RunOutcome.Unknown);
        Assert.All(ends, end => Assert.Contains("keys", end.Evidence, StringComparison.Ordinal));
        Assert.Equal(2, fleet.Evidence.Processes("unbelieved").Length);
    }

    [Fact]
    public async Task Believed_hosts_answer_beside_others()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartAgentAsync("1x1", more: ["--slice", "good"]);
        await fleet.StartAgentAsync("1x1", state: "other", keyFile: WithOtherHostKey(fleet), more: ["--slice", "other"]);
        SlicePoolManager pool = await fleet.OpenPoolAsync(slices: 2, hostsPerSlice: 1);
        AttemptEnd[] ends = await pool.RunAsync("1");
        Assert.Equal([RunOutcome.Succeeded, RunOutcome.Unknown], ends.Select(end => end.Outcome));
    }

    // It trusts the driver, but the driver does not trust it.
    private static string WithOtherHostKey(Fleet fleet)
    {
        string path = fleet.PathOf("mixed.json");
        FleetKeys.Create(fleet.Name).Save(path);
        JsonObject mixed = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        JsonObject ours = JsonNode.Parse(File.ReadAllBytes(fleet.KeyFile))!.AsObject();
        mixed["driverPrivate"] = ours["driverPrivate"]!.DeepClone();
        mixed["driverPublic"] = ours["driverPublic"]!.DeepClone();
        File.WriteAllText(path, mixed.ToJsonString());
        return path;
    }
}
