using System.Text;
using Acme.Functions;
using Eformer.Pool.Faults.Tests.Support;
using Eformer.Pool.Functions;
using Xunit;

namespace Eformer.Pool.Faults.Tests.Functions;

/// <summary>What a host cannot call it refuses before anything of the user's runs, and says what and why.</summary>
public sealed class CallRefusalTests(SharedServers servers)
{
    private static readonly RemoteCallOptions s_installed = new() { Installed = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crafted_arguments_are_refused_and_named_on_every_path()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        foreach (Isolation isolation in (Isolation[])[Isolation.InProcess, Isolation.Session])
        {
            Assert.Contains("'value'", await RefusedAsync(pool, Crafted(1, "{\"value\":\"x\"}"), isolation), StringComparison.Ordinal);
            Assert.Contains("missing", await RefusedAsync(pool, Crafted(1, "{}"), isolation), StringComparison.Ordinal);
            Assert.Contains("form 2", await RefusedAsync(pool, Crafted(2, "{\"value\":1}"), isolation), StringComparison.Ordinal);
            Assert.Contains("'value'", await RefusedAsync(pool, Crafted(1, $"{{\"value\":{new string('[', 100)}{new string(']', 100)}}}"), isolation), StringComparison.Ordinal);
            Assert.Contains("'value'", await RefusedAsync(pool, Crafted(1, "{\"value\":1,\"value\":2}"), isolation), StringComparison.Ordinal);
            string refused = await RefusedAsync(pool, FunctionFleet.Crafted(Remote.Owe.Contract, [1, .. "{\"value\":{\"Of\":-1}}"u8]), isolation);
            Assert.StartsWith("ArgumentsUnreadable: ", refused, StringComparison.Ordinal);
            RemoteContract gone = new("Acme.Gone", "");
            Assert.StartsWith("FunctionNotFound: ", await RefusedAsync(pool, FunctionFleet.Crafted(gone, 1, (byte)'{', (byte)'}'), isolation), StringComparison.Ordinal);
        }

        Assert.Equal([2, 2], (await pool.CallAsync(Remote.Twice.With(1))).Values);
    }

    [Fact]
    public async Task A_function_that_is_not_installed_is_refused_with_what_to_do()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers);
        await using Fleet whole = fleet;
        HostResults<int> results = await pool.CallAsync(Remote.Twice.With(1), s_installed);
        Assert.All(results, result => Assert.Equal(RunOutcome.Error, result.Outcome));
        Assert.All(results, result => Assert.StartsWith("FunctionNotFound: ", result.Evidence, StringComparison.Ordinal));
        Assert.All(results, result => Assert.Contains("--functions", result.Evidence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Installed_functions_of_another_version_are_called_when_only_optional_things_differ()
    {
        (Fleet fleet, SlicePoolManager pool) = await FunctionFleet.OpenAsync(servers, 1, 2, "--functions", FunctionFleet.NextBuild);
        await using Fleet whole = fleet;
        foreach (Isolation isolation in (Isolation[])[Isolation.InProcess, Isolation.Session])
        {
            RemoteCallOptions options = s_installed with { Isolation = isolation };
            Assert.Equal([2, 2], (await pool.CallAsync(Remote.Version.With(0), options)).Values);
            Assert.Equal([8, 8], (await pool.CallAsync(Remote.Twice.With(4), options)).Values);
            HostResults<Options> results = await pool.CallAsync(Remote.Describe.With(new Options("a") { Steps = 1 }), options);
            Assert.All(results, result => Assert.Equal(RunOutcome.Error, result.Outcome));
            Assert.All(results, result => Assert.Contains("member Acme.Options.Steps is int in the driver and long on the host", result.Evidence, StringComparison.Ordinal));
        }

        // What is shipped runs beside what is installed.
        Assert.Equal([1, 1], (await pool.CallAsync(Remote.Version.With(0))).Values);
    }

    [Fact]
    public async Task Of_installed_functions_nothing_runs_in_the_agent_of_a_real_host()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        string copy = fleet.PathOf("Acme.Functions.dll");
        File.Copy(typeof(Remote).Assembly.Location, copy);
        string trace = Path.ChangeExtension(copy, ".ran");
        await File.WriteAllTextAsync(trace, "", Token);
        await fleet.StartPlainAgentAsync("real", "--node", "box", "--slice", "real", "--worker-index", "0", "--address", "127.0.0.1", "--functions", copy);
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 1);
        Assert.Empty(await File.ReadAllTextAsync(trace, Token));
        Place place = Assert.Single((await pool.CallAsync(Remote.Where.With(""), s_installed)).Values);
        Assert.Equal($"{place.Process}\n", await File.ReadAllTextAsync(trace, Token));
    }

    [Fact]
    public async Task A_script_is_not_let_into_the_agents_process_nor_a_function_into_that_of_a_real_host()
    {
        await using Fleet fleet = await Fleet.CreateAsync(await servers.GetAsync(ServerKind.Garnet));
        await fleet.StartPlainAgentAsync("real", "--node", "box", "--slice", "real", "--worker-index", "0", "--address", "127.0.0.1");
        SlicePoolManager pool = await fleet.OpenPoolAsync(hostsPerSlice: 1);
        Assert.Equal([2], (await pool.CallAsync(Remote.Twice.With(1))).Values);
        HostResult<int> result = Assert.Single(await pool.CallAsync(Remote.Twice.With(1), Isolation.InProcess));
        Assert.Equal(RunOutcome.Error, result.Outcome);
        Assert.StartsWith("IsolationRefused: ", result.Evidence, StringComparison.Ordinal);
        RunRequest script = new() { Script = "1", Isolation = Isolation.InProcess };
        Assert.Equal("InvalidRequest", (await Assert.ThrowsAsync<SlicePoolException>(async () => await pool.StartRunAsync(script, Token))).ErrorId);
    }

    private static RunRequest Crafted(byte form, string json) => FunctionFleet.Crafted(Remote.Twice.Contract, [form, .. Encoding.UTF8.GetBytes(json)]);

    private static async Task<string> RefusedAsync(SlicePoolManager pool, RunRequest request, Isolation isolation)
    {
        await using RunHandle run = await pool.StartRunAsync(request with { Isolation = isolation }, Token);
        AttemptEnd[] ends = await run.EndsAsync();
        Assert.All(ends, end => Assert.Equal((RunOutcome.Error, null), (end.Outcome, end.StartedMs)));
        return ends[0].Evidence;
    }
}
