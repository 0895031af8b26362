using Eformer.Pool.Faults.Tests.Support;
using Xunit;

namespace Eformer.Pool.Faults.Tests;

/// <summary>What formats and compares on a host does so as on that host.</summary>
public sealed class CultureTests(SharedServers servers)
{
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
    private const string Script = "[cultureinfo]::CurrentCulture.Name; '{0:N1}' -f 1234.5; 'TITLE'.ToLower(); \"$('ok' -eq 'OK')\"; ([cultureinfo]'sv-SE').Name";

    [Fact]
    public async Task A_script_sees_its_hosts_culture_and_any_other()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Invariant) is "1" or "true", $"This machine has no cultures: {Invariant} is set.");
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        fleet.AgentEnvironment["LC_ALL"] = "tr_TR.UTF-8";
        await fleet.StartAgentAsync("1x1");
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 1);
        await using RunHandle run = await pool.StartAsync(Script);
        Assert.Equal(["tr-TR", "1.234,5", "tıtle", "True", "sv-SE"], (await run.ReadAsync()).OutputOf(run.Hosts[0]));
    }
}
