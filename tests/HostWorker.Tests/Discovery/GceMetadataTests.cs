using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.CommandLine;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Discovery;

public sealed class GceMetadataTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_read_with_the_header_that_the_server_demands()
    {
        await using MetadataServer server = new() { Entries = { [MetadataPath.AcceleratorType] = "v4-16\n" } };
        using GceMetadata metadata = new(server.Host);
        Assert.Equal("v4-16", await metadata.ReadAsync(MetadataPath.AcceleratorType, Token));
        string request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /computeMetadata/v1/instance/attributes/accelerator-type HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Metadata-Flavor: Google", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_none_and_no_error()
    {
        await using MetadataServer server = new();
        using GceMetadata metadata = new(server.Host);
        Assert.Null(await metadata.ReadAsync(MetadataPath.TpuName, Token));
    }

    [Theory]
    [InlineData("Server: squid", null, "not a metadata server")]
    [InlineData("Metadata-Flavor: Google", "503 Service Unavailable", "503")]
    public async Task What_is_no_answer_is_said(string header, string? status, string text)
    {
        await using MetadataServer server = new() { Flavor = header, Status = status };
        await UnavailableAsync(server.Host, text);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for()
    {
        await using MetadataServer server = new() { Silent = true };
        await UnavailableAsync(server.Host, "no answer within 5 s");
    }

    [Fact]
    public async Task A_server_that_is_gone_is_said()
    {
        MetadataServer server = new();
        await server.DisposeAsync();
        await UnavailableAsync(server.Host, server.Host);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("Google Compute Engine", "", "metadata.google.internal")]
    [InlineData("Google", "", "metadata.google.internal")]
    [InlineData("KVM", "", null)]
    [InlineData("KVM", "GCE_METADATA_HOST=169.254.169.254", "169.254.169.254")]
    [InlineData("Google Compute Engine", "NO_GCE_CHECK=true", null)]
    [InlineData("Google Compute Engine", "TPU_SKIP_MDS_QUERY=1", null)]
    [InlineData("Google Compute Engine", "TPU_SKIP_MDS_QUERY=1;GCE_METADATA_HOST=x", null)]
    public void It_is_asked_only_where_it_can_be(string product, string variables, string? host) => Assert.Equal(host, GceMetadata.HostOf(
        variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]), product));

    [Fact]
    public async Task A_TPU_machine_is_discovered_from_its_metadata_server()
    {
        await using MetadataServer server = new()
        {
            Entries =
            {
                [MetadataPath.TpuName] = "my-tpu",
                [MetadataPath.WorkerNumber] = "1",
                [MetadataPath.AcceleratorType] = "v4-16",
                [MetadataPath.WorkerEndpoints] = "unknown:unknown:10.1.0.1,unknown:unknown:10.1.0.2",
            },
        };
        Dictionary<string, string> environment = new() { ["GCE_METADATA_HOST"] = server.Host };
        (HostPlan plan, string? metadataHost) = await HostFlags.DiscoverAsync(new DiscoveryFlags(), environment, new MachineFacts { Name = "box", TpuDevices = 4 }, Token);
        Assert.Equal(server.Host, metadataHost);
        Assert.Equal(("my-tpu", 1, "v4-16", 4, "10.1.0.2", "box"), (plan.Slice, plan.WorkerIndex, plan.DeviceType, plan.Devices, plan.Address, plan.Node));
    }

    private static async Task UnavailableAsync(string host, string text)
    {
        using GceMetadata metadata = new(host);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => metadata.ReadAsync(MetadataPath.TpuName, Token));
        Assert.Equal("MetadataUnavailable", error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
