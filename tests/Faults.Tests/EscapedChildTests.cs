using System.Globalization;
using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>A child of user code that left session and parents, cleaned its environment and ignores SIGTERM.</summary>
public sealed class EscapedChildTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_gone_when_its_agent_was_killed()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        AgentProcess agent = await fleet.StartAgentAsync();
        SlicePoolManager pool = await fleet.OpenPoolAsync();
        await using RunHandle run = await pool.StartAsync(Script(fleet));
        int[] escaped = [await EscapedAsync(fleet, 0), await EscapedAsync(fleet, 1)];
        bool contained = escaped.All(pid => File.ReadAllText($"/proc/{pid}/cgroup").Contains("/eformer-", StringComparison.Ordinal));
        await agent.SignalAsync("KILL");
        if (!contained)
        {
            await run.EndsAsync();
            Array.ForEach(escaped, Kill);
            Assert.Skip("There is no cgroup here that may be written to (v2, as root or delegated).");
        }

        await Eventually.TrueAsync(() => Task.FromResult(!escaped.Any(Processes.IsAlive)), "what escaped is gone", Token);

        // The next one removes what is left of their cgroups.
        await fleet.StartAgentAsync();
        await pool.DrainActorPoolAsync(Token);
        await fleet.AwaitIdleAsync();
    }

    private static string Script(Fleet fleet)
    {
        string program = fleet.PathOf("escape.sh");
        File.WriteAllText(program, "trap '' TERM HUP\nsleep 3600 &\necho $! > \"$1.new\"\nmv \"$1.new\" \"$1\"\n");
        return $"& /bin/sh -c 'setsid env -i /bin/sh {program} {fleet.PathOf("escaped")}$TPU_HOST_ID >/dev/null 2>&1 &'; while ($true) {{ [Threading.Thread]::Sleep(10) }}";
    }

    private static async Task<int> EscapedAsync(Fleet fleet, int host)
    {
        string note = fleet.PathOf("escaped") + host.ToString(CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(note)), $"a child of host {host} has escaped", Token);
        return int.Parse(await File.ReadAllTextAsync(note, Token), CultureInfo.InvariantCulture);
    }

    private static void Kill(int pid)
    {
        try
        {
            System.Diagnostics.Process.GetProcessById(pid).Kill();
        }
        catch (ArgumentException)
        {
            // Gone by itself.
        }
    }
}
