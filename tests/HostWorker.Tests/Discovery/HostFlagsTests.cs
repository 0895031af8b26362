using System.CommandLine;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.CommandLine;

namespace Eformer.Pool.HostWorker.Tests.Discovery;

public sealed class HostFlagsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emulated_hosts_are_what_the_flags_say_and_nothing_is_discovered()
    {
        (HostPlan plan, string? metadataHost) = await ReadAsync("--emulate", "2x4", "--tpu-type", "V5litepod-16", "--slice", "good");
        Assert.Equal((2, 4, "good", "v5e-16", 0, "127.0.0.1"), (plan.EmulatedSlices, plan.HostsPerSlice, plan.Slice, plan.DeviceType, plan.Devices, plan.Address));
        Assert.Null(metadataHost);
        Assert.All(plan.Registrations("engine"), host => Assert.True(host.Emulated));
    }

    [Fact]
    public async Task Everything_can_be_said()
    {
        (HostPlan plan, _) = await ReadAsync(
            "--slice", "night", "--worker-index", "3", "--tpu-type", "v4-32", "--devices", "4", "--node", "box", "--address", "10.0.0.7",
            "--label", "rack=7", "--label", "owner=a=b");
        Assert.Equal(("night", 3, "v4-32", 4, "box", "10.0.0.7"), (plan.Slice, plan.WorkerIndex, plan.DeviceType, plan.Devices, plan.Node, plan.Address));
        Assert.False(Assert.Single(plan.Registrations("engine")).Emulated);
        Assert.Equal("7", plan.Labels["rack"]);
        Assert.Equal("a=b", plan.Labels["owner"]);
    }

    [Theory]
    [InlineData("InvalidArgument", "--worker-index", "-1")]
    [InlineData("InvalidArgument", "--devices", "-1")]
    [InlineData("InvalidArgument", "--emulate", "2")]
    [InlineData("InvalidArgument", "--emulate", "0x4")]
    [InlineData("InvalidArgument", "--label", "rack")]
    [InlineData("InvalidArgument", "--label", "=7")]
    [InlineData("InvalidArgument", "--label", "rack=7", "--label", "rack=8")]
    [InlineData("InvalidName", "--slice", "Not A Name")]
    [InlineData("HostDiscovery", "--worker-index", "0", "--slice", "")]
    public async Task What_makes_no_sense_is_refused(string errorId, params string[] arguments)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => ReadAsync(arguments));
        Assert.Equal(errorId, error.ErrorId);
    }

    private static Task<(HostPlan Hosts, string? MetadataHost)> ReadAsync(params string[] arguments)
    {
        Command command = new("agent");
        HostFlags.AddTo(command);
        ParseResult result = command.Parse(arguments);
        Assert.Empty(result.Errors);
        return HostFlags.ReadAsync(result, Token);
    }
}
