using Eformer.Pool.HostWorker.Discovery;

namespace Eformer.Pool.HostWorker.Tests.Discovery;

public sealed class HostDiscoveryTests
{
    private const string TpuEnv = "ACCELERATOR_TYPE: 'v4-256'\nCHIPS_PER_HOST_BOUNDS: '2,2,1'\nNODE_ID: 'night-tpu'\nTPU_RUNTIME_METRICS_PORTS: '8431,8432'\nWORKER_ID: '3'\n";
    private static readonly MachineFacts s_machine = new() { Name = "box", Address = "10.0.0.9" };

    [Fact]
    public void A_plain_machine_is_a_host_of_no_slice()
    {
        DiscoveredHost host = Discover();
        Assert.Equal(("", -1, "", 0, "10.0.0.9", "box"), Facts(host));
        Assert.Empty(host.Labels);
        Assert.Null(host.Warning);
    }

    [Fact]
    public void A_machine_without_an_address_is_reached_on_itself() =>
        Assert.Equal("127.0.0.1", Discover(machine: s_machine with { Address = null }).Address);

    [Fact]
    public void The_environment_of_a_pod_says_it_all() => Assert.Equal(
        ("group-0", 2, "v5e-16", 4, "c.svc", "box"),
        Facts(Discover(environment: new()
        {
            ["TPU_NAME"] = "group-0",
            ["TPU_WORKER_ID"] = "2",
            ["TPU_WORKER_HOSTNAMES"] = "a.svc:8470, b.svc:8470,c.svc:8470,d.svc",
            ["TPU_ACCELERATOR_TYPE"] = "V5litepod-16",
            ["TPU_CHIPS_PER_HOST_BOUNDS"] = "2,2,1",
        })));

    [Fact]
    public void The_attributes_of_a_TPU_machine_say_it_all() => Assert.Equal(
        ("my-tpu", 1, "v4-16", 4, "10.1.0.2", "box"),
        Facts(Discover(
            metadata: new()
            {
                [MetadataPath.TpuName] = "my-tpu",
                [MetadataPath.WorkerNumber] = "1",
                [MetadataPath.WorkerEndpoints] = "unknown:unknown:10.1.0.1,unknown:unknown:10.1.0.2",
                [MetadataPath.AcceleratorType] = "v4-16",
            },
            machine: s_machine with { TpuDevices = 4 })));

    [Fact]
    public void The_entry_tpu_env_does_when_there_is_nothing_else() =>
        Assert.Equal(("night-tpu", 3, "v4-256", 4, "10.0.0.9", "box"), Facts(Discover(metadata: new() { [MetadataPath.TpuEnvironment] = TpuEnv })));

    [Fact]
    public void Flags_win_over_the_environment_which_wins_over_metadata_which_wins_over_the_machine()
    {
        Dictionary<string, string> environment = new() { ["TPU_NAME"] = "env", ["TPU_WORKER_ID"] = "1", ["ACCELERATOR_TYPE"] = "v3-8" };
        Dictionary<string, string> metadata = new()
        {
            [MetadataPath.TpuName] = "meta",
            [MetadataPath.WorkerNumber] = "2",
            [MetadataPath.AcceleratorType] = "v2-8",
            [MetadataPath.Address] = "10.2.0.1",
        };
        MachineFacts machine = s_machine with { TpuDevices = 8, NvidiaDevices = 2 };
        DiscoveryFlags flags = new() { Slice = "flag", WorkerIndex = 0, TpuType = "v4-8", Devices = 1, Address = "10.3.0.1", Node = "me" };
        Assert.Equal(("flag", 0, "v4-8", 1, "10.3.0.1", "me"), Facts(Discover(flags, environment, metadata, machine)));
        Assert.Equal(("env", 1, "v3-8", 8, "10.2.0.1", "box"), Facts(Discover(null, environment, metadata, machine)));
        Assert.Equal(("meta", 2, "v2-8", 8, "10.2.0.1", "box"), Facts(Discover(null, null, metadata, machine)));
        Assert.Equal(("", -1, "", 8, "10.0.0.9", "box"), Facts(Discover(null, null, null, machine)));
    }

    [Fact]
    public void A_type_that_is_newer_than_we_are_is_kept() =>
        Assert.Equal("tpu7x-8", Discover(environment: new() { ["TPU_ACCELERATOR_TYPE"] = "TPU7x-8" }).DeviceType);

    [Fact]
    public void Variables_that_are_empty_say_nothing() => Assert.Equal(
        ("", -1, "", 0, "10.0.0.9", "box"),
        Facts(Discover(environment: new() { ["TPU_NAME"] = "", ["TPU_WORKER_ID"] = " ", ["TPU_WORKER_HOSTNAMES"] = "", ["ACCELERATOR_TYPE"] = "" })));

    [Fact]
    public void NVIDIA_devices_count_where_there_are_no_chips() => Assert.Equal(8, Discover(machine: s_machine with { NvidiaDevices = 8 }).Devices);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:8470")]
    public void A_TPU_of_one_host_needs_no_name(string hosts)
    {
        DiscoveredHost host = Discover(environment: new() { ["TPU_WORKER_ID"] = "0", ["TPU_WORKER_HOSTNAMES"] = hosts, ["TPU_NAME"] = "local" });
        Assert.Equal(("box", 0, "10.0.0.9"), (host.Slice, host.WorkerIndex, host.Address));
    }

    [Fact]
    public void An_empty_slice_on_the_command_line_means_none()
    {
        Dictionary<string, string> environment = new() { ["TPU_NAME"] = "env", ["TPU_WORKER_ID"] = "nonsense" };
        DiscoveredHost host = Discover(new DiscoveryFlags { Slice = "" }, environment);
        Assert.Equal(("", -1), (host.Slice, host.WorkerIndex));
    }

    [Fact]
    public void Metadata_gives_labels_and_flags_may_replace_them()
    {
        Dictionary<string, string> metadata = new() { [MetadataPath.Zone] = "projects/1/zones/us-central2-b", [MetadataPath.MachineType] = "projects/1/machineTypes/ct4p" };
        DiscoveredHost host = Discover(new DiscoveryFlags { Labels = new Dictionary<string, string> { ["zone"] = "here", ["rack"] = "7" } }, metadata: metadata);
        Assert.Equal([("machine-type", "ct4p"), ("rack", "7"), ("zone", "here")], host.Labels.Select(label => (label.Key, label.Value)).Order());
    }

    [Theory]
    [InlineData("two")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("99999999999")]
    public void A_worker_id_that_is_not_an_index_is_an_error_that_names_the_variable(string id) =>
        Refused(new() { ["TPU_NAME"] = "a", ["TPU_WORKER_ID"] = id }, null, "TPU_WORKER_ID", id);

    [Fact]
    public void An_index_in_a_slice_that_nobody_names_is_an_error() =>
        Refused(new() { ["TPU_WORKER_ID"] = "3" }, null, "TPU_WORKER_ID is 3", "nothing names the slice");

    [Fact]
    public void An_index_on_the_command_line_without_a_slice_is_an_error() =>
        Refused(null, new DiscoveryFlags { WorkerIndex = 1 }, "--worker-index", "nothing names the slice");

    [Fact]
    public void An_index_beyond_the_list_of_workers_is_an_error() =>
        Refused(new() { ["TPU_NAME"] = "a", ["TPU_WORKER_ID"] = "2", ["TPU_WORKER_HOSTNAMES"] = "x,y" }, null, "TPU_WORKER_ID is 2", "TPU_WORKER_HOSTNAMES lists 2");

    [Fact]
    public void A_name_that_no_slice_can_have_is_an_error() =>
        Refused(new() { ["TPU_NAME"] = "my tpu/1" }, null, "TPU_NAME", "my tpu/1");

    [Theory]
    [InlineData("2,2,x")]
    [InlineData("2,2,0")]
    [InlineData("2,2,1,1")]
    [InlineData("2000000000,2,1")]
    public void Bounds_that_are_no_block_of_chips_are_an_error(string bounds) =>
        Refused(new() { ["TPU_CHIPS_PER_HOST_BOUNDS"] = bounds }, null, "TPU_CHIPS_PER_HOST_BOUNDS", bounds);

    [Fact]
    public void Chips_whose_slice_could_not_be_asked_for_are_not_registered_without_it()
    {
        MetadataAnswers silent = new() { Problem = new SlicePoolException("The server did not answer.") };
        SlicePoolException error = Assert.Throws<SlicePoolException>(() =>
            HostDiscovery.Discover(new DiscoveryFlags(), new Dictionary<string, string>(), silent, s_machine with { TpuDevices = 4 }));
        Assert.Equal("HostDiscovery", error.ErrorId);
        Assert.Contains("The server did not answer.", error.Message, StringComparison.Ordinal);

        DiscoveredHost plain = HostDiscovery.Discover(new DiscoveryFlags(), new Dictionary<string, string>(), silent, s_machine);
        Assert.Equal("The server did not answer.", plain.Warning);
        DiscoveredHost told = HostDiscovery.Discover(
            new DiscoveryFlags { Slice = "a", WorkerIndex = 0 }, new Dictionary<string, string>(), silent, s_machine with { TpuDevices = 4 });
        Assert.Equal("a", told.Slice);
    }

    private static DiscoveredHost Discover(
        DiscoveryFlags? flags = null, Dictionary<string, string>? environment = null, Dictionary<string, string>? metadata = null, MachineFacts? machine = null) =>
        HostDiscovery.Discover(flags ?? new(), environment ?? [], new MetadataAnswers { Values = metadata ?? [] }, machine ?? s_machine);

    private static (string, int, string, int, string, string) Facts(DiscoveredHost host) =>
        (host.Slice, host.WorkerIndex, host.DeviceType, host.Devices, host.Address, host.Node);

    private static void Refused(Dictionary<string, string>? environment, DiscoveryFlags? flags, params string[] texts)
    {
        SlicePoolException error = Assert.Throws<SlicePoolException>(() => Discover(flags, environment));
        Assert.Equal("HostDiscovery", error.ErrorId);
        Assert.NotNull(error.RecommendedAction);
        Assert.All(texts, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }
}
