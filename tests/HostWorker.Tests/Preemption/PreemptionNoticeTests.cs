using Eformer.Pool.HostWorker.Agent;
using Eformer.Pool.HostWorker.Discovery;
using Eformer.Pool.HostWorker.Preemption;
using Eformer.Pool.HostWorker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.Preemption;

public sealed class PreemptionNoticeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ef-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("FALSE", "NONE", null)]
    [InlineData("FALSE", "MIGRATE_ON_HOST_MAINTENANCE", null)]
    [InlineData("TRUE", "NONE", "preempted by the provider")]
    [InlineData("FALSE", "TERMINATE_ON_HOST_MAINTENANCE", "host maintenance will end the machine")]
    [InlineData(null, null, null)]
    public async Task The_metadata_server_announces(string? preempted, string? maintenance, string? reason)
    {
        await using MetadataServer server = new();
        Set(server, MetadataPath.Preempted, preempted);
        Set(server, MetadataPath.MaintenanceEvent, maintenance);
        using GceMetadata metadata = new(server.Host);
        Assert.Equal(reason, await new MetadataPreemptionNotice(metadata).ReadAsync(Token));
    }

    [Fact]
    public async Task A_metadata_server_that_is_gone_does_not_announce_but_fails()
    {
        MetadataServer server = new();
        await server.DisposeAsync();
        using GceMetadata metadata = new(server.Host);
        await Assert.ThrowsAsync<SlicePoolException>(() => new MetadataPreemptionNotice(metadata).ReadAsync(Token));
    }

    [Fact]
    public async Task A_file_announces_by_being_there()
    {
        string path = Path.Combine(_folder.FullName, "notice");
        FilePreemptionNotice notice = new(path);
        Assert.Null(await notice.ReadAsync(Token));
        await File.WriteAllTextAsync(path, "rack 7 goes down at noon\u001b[31m\r\nask Ann\n", Token);
        Assert.Equal("rack 7 goes down at noon[31m", await notice.ReadAsync(Token));
        await File.WriteAllTextAsync(path, "", Token);
        Assert.Equal($"file '{path}' is there", await notice.ReadAsync(Token));
        File.Delete(path);
        Assert.Null(await notice.ReadAsync(Token));
    }

    [Theory]
    [InlineData("echo by the cluster; echo more", "by the cluster")]
    [InlineData("true", "command 'true' says so")]
    [InlineData("echo no; exit 1", null)]
    [InlineData("exit 3", null)]
    [InlineData("echo first; head -c 1000000 /dev/zero", "first")]
    public async Task A_command_announces_by_exit_code_0(string command, string? reason) =>
        Assert.Equal(reason, await new CommandPreemptionNotice(command, TimeProvider.System).ReadAsync(Token));

    [Fact]
    public async Task A_command_that_cannot_be_run_does_not_announce_but_fails()
    {
        CommandPreemptionNotice notice = new("/nowhere/notice 2>/dev/null", TimeProvider.System);
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => notice.ReadAsync(Token));
        Assert.Contains("127", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_with_all_it_started()
    {
        FakeTimeProvider clock = new();
        string ids = Path.Combine(_folder.FullName, "ids");
        CommandPreemptionNotice notice = new($"sleep 600 & echo $$ $! > '{ids}.new' && mv '{ids}.new' '{ids}'; wait", clock);
        Task<string?> asking = notice.ReadAsync(Token);
        await Eventually.HoldsAsync(() => File.Exists(ids));
        clock.Advance(TimeSpan.FromSeconds(5));
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => asking);
        Assert.Contains("5 s", error.Message, StringComparison.Ordinal);
        string[] processes = (await File.ReadAllTextAsync(ids, Token)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, processes.Length);
        await Eventually.HoldsAsync(() => processes.All(IsGone));
    }

    [Fact]
    public void An_agent_asks_those_that_its_options_name()
    {
        AgentOptions options = new() { StateFolder = "/tmp", Hosts = new HostPlan { Node = "box" } };
        Assert.Empty(PreemptionSources.Of(options, null, TimeProvider.System));
        using GceMetadata metadata = new("localhost");
        options = options with { PreemptionFile = "/run/notice", PreemptionCommand = "true" };
        Assert.Equal(
            ["file '/run/notice'", "command 'true'", "the metadata server"],
            PreemptionSources.Of(options, metadata, TimeProvider.System).Select(source => source.Source));
    }

    private static void Set(MetadataServer server, string path, string? value)
    {
        if (value is not null)
        {
            server.Entries[path] = value;
        }
    }

    // An orphan that nobody has reaped yet is gone as well.
    private static bool IsGone(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
