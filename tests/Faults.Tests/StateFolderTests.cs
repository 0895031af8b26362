using System.Diagnostics;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Leases;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>Folders that cannot be what they are to be, or vanish.</summary>
public sealed class StateFolderTests(SharedServers servers)
{
    private const int Refused = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_does_not_start_where_everybody_may_write()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        Directory.CreateDirectory(fleet.PathOf("agent"));
        File.SetUnixFileMode(fleet.PathOf("agent"), (UnixFileMode)0b111_111_111);
        await RefusesAsync(fleet, "agent", "StateFolderExposed");
    }

    [Fact]
    public async Task An_agent_does_not_start_where_no_runner_could()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await RefusesAsync(fleet, new string('d', 100), "SocketPathTooLong");
    }

    [Fact]
    public async Task An_agent_says_what_it_cannot_open()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        Directory.CreateDirectory(fleet.PathOf("agent/agent.lock"));
        await RefusesAsync(fleet, "agent", "StateFolderUnusable");
    }

    [Fact]
    public async Task An_agent_whose_folder_is_removed_takes_no_lease_says_why_and_ends_gently()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        Directory.Delete(fleet.PathOf("agent"), recursive: true);
        await using SlicePoolManager pool = await SlicePoolManager.OpenAsync(fleet.Options(leaseSec: (int)LeaseTimings.Shortest.TotalSeconds), Token);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => pool.ScaleMultisliceAsync(1, Token));
        Assert.Equal("HostsDidNotAccept", error.ErrorId);
        Assert.Contains($"its fence file '{fleet.PathOf("agent/fence.json")}' cannot be written", error.Message, StringComparison.Ordinal);
        await agent.SignalAsync("TERM");
        Assert.Equal(0, await agent.WaitForExitAsync(Token));
    }

    [Fact]
    public async Task Whoever_starts_a_worker_hears_that_its_folder_cannot_be_made()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await File.WriteAllTextAsync(fleet.PathOf("file"), "", Token);
        WorkerOptions options = new()
        {
            Store = fleet.Server.Options(fleet.Name),
            KeyFile = fleet.KeyFile,
            StateFolder = fleet.PathOf("file/state"),
            WorkerFolder = Path.GetDirectoryName(HostExecutable.Path),
        };
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => MachineWorker.StartAsync(options, Token));
        Assert.Equal("StateFolderUnusable", error.ErrorId);
        Assert.Contains(fleet.PathOf("file/state"), error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("none"), InlineData("file")]
    public async Task A_local_pool_says_that_there_is_no_place_for_temporary_files(string name)
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await File.WriteAllTextAsync(fleet.PathOf("file"), "", Token);
        await File.WriteAllTextAsync(fleet.PathOf("local.ps1"), "try { New-SlicePool -Local -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; $_.Exception.Message }", Token);
        ProcessStartInfo start = new(HostExecutable.Path, ["script", fleet.PathOf("local.ps1")]) { RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = fleet.PathOf(name);
        using Process script = Process.Start(start)!;
        string said = await Eventually.AnswersAsync(script.StandardOutput.ReadToEndAsync(Token), Token);
        Assert.StartsWith("TemporaryFolderUnusable,", said, StringComparison.Ordinal);
        Assert.Contains(fleet.PathOf(name), said, StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(Fleet fleet, string state, string id)
    {
        AgentProcess agent = fleet.LaunchAgent(state: state);
        Assert.Equal(Refused, await agent.WaitForExitAsync(Token));
        Assert.True(agent.Count(id) == 1, agent.Log);
        Assert.Contains(fleet.PathOf(state), agent.Log, StringComparison.Ordinal);
        Assert.Empty(fleet.KeysInStore());
    }
}
