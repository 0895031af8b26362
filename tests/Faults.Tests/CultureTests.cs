using System.Globalization;
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

    // Their years are of calendars of their own.
    [Theory]
    [InlineData("th_TH.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    public async Task An_agent_logs_the_same_time_everywhere(string culture)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Invariant) is "1" or "true", $"This machine has no cultures: {Invariant} is set.");
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Redis));
        fleet.AgentEnvironment["LC_ALL"] = culture;
        DateTimeOffset began = TimeProvider.System.GetLocalNow().AddSeconds(-1);
        AgentProcess agent = await fleet.StartAgentAsync("1x1");
        await Eventually.TrueAsync(() => Task.FromResult(agent.Count("Registered 1 host(s)") == 1), "it is in the log", TestContext.Current.CancellationToken);
        string line = agent.Log.Split('\n').Single(line => line.Contains("Registered", StringComparison.Ordinal));
        Assert.True(DateTimeOffset.TryParseExact(line.Split(' ')[0], "yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset told), line);
        Assert.InRange(told, began, TimeProvider.System.GetLocalNow().AddSeconds(1));
        Assert.Contains(" info: Eformer.Pool.HostWorker.Agent.AgentService[501] Registered 1 host(s)", line, StringComparison.Ordinal);
    }
}
