using Eformer.Pool.Envelopes;
using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.Tests.Agent;

public sealed class HostEnvironmentTests
{
    [Fact]
    public void A_host_is_told_who_it_is()
    {
        Dictionary<string, string> variables = Build(sliceCount: 1, host: "b");
        Assert.Equal("1", variables["TPU_HOST_ID"]);
        Assert.Equal("v5e-0", variables["TPU_SLICE_NAME"]);
        Assert.Equal("4", variables["TPU_NUM_DEVICES"]);
        Assert.Equal("1", variables["EXECUTOR_CALL_INDEX"]);
        Assert.Equal("3", variables["EXECUTOR_CALL_SLICE"]);
        Assert.Equal("42", variables["EFORMER_FENCE_TOKEN"]);
    }

    [Fact]
    public void One_slice_is_no_multi_slice_job() =>
        Assert.DoesNotContain(Build(sliceCount: 1, host: "a").Keys, name => name.StartsWith("MEGASCALE_", StringComparison.Ordinal));

    [Fact]
    public void Slices_of_a_job_are_told_where_they_meet()
    {
        Dictionary<string, string> variables = Build(sliceCount: 4, host: "a");
        Assert.Equal(
            ["MEGASCALE_COORDINATOR_ADDRESS=10.0.0.1:8081", "MEGASCALE_NUM_SLICES=4", "MEGASCALE_PORT=8081", "MEGASCALE_SLICE_ID=3"],
            variables.Where(pair => pair.Key.StartsWith("MEGASCALE_", StringComparison.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}").Order());
    }

    [Fact]
    public void A_job_on_slots_with_gaps_has_slice_ids_without()
    {
        Dictionary<string, string> variables = Build(sliceCount: 2, host: "a");
        Assert.Equal(("3", "1", "2"), (variables["EXECUTOR_CALL_SLICE"], variables["MEGASCALE_SLICE_ID"], variables["MEGASCALE_NUM_SLICES"]));
    }

    [Fact]
    public void Users_add_to_it_and_never_win()
    {
        Dictionary<string, string> variables = Build(sliceCount: 1, host: "a", ("STEP", "7"), ("TPU_HOST_ID", "99"));
        Assert.Equal("7", variables["STEP"]);
        Assert.Equal("0", variables["TPU_HOST_ID"]);
    }

    private static Dictionary<string, string> Build(int sliceCount, string host, params (string Name, string Value)[] user) => HostEnvironment.Build(
        new RunCommand
        {
            Fleet = "f",
            IssuedMs = 0,
            ExpiresMs = 1,
            RunId = "r",
            Nonce = "nonce",
            Attempt = 1,
            Dispatch = 1,
            WhenBusy = WhenBusy.Refuse,
            DriverId = "d",
            Lease = new LeaseToken("l", 42, "g"),
            HostIds = null,
            SliceCount = sliceCount,
            SliceRank = sliceCount - 1,
            CoordinatorAddress = "10.0.0.1",
            CoordinatorPort = 8081,
            Isolation = Isolation.Process,
            TimeoutMs = 0,
            PayloadSha256 = "",
        },
        new LeaseGrant { Pool = "p", OwnerId = "o", Owner = "ann", Slot = 3, SliceName = "v5e-0", Hosts = ["a", "b"], TtlMs = 30_000 },
        new HostRegistration { Host = host, Node = host, Devices = 4 },
        user.ToDictionary(pair => pair.Name, pair => pair.Value));
}
