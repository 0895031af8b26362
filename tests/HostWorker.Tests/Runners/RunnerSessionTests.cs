using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerSessionTests
{
    [Fact]
    public async Task Variables_and_functions_stay_for_the_next_run()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync("$x = 1; function f { 'f' + $args[0] }; $env:MINE = 'kept'");
        RunResult result = await bench.RunAsync("$x; f 2; $env:MINE");
        Assert.Equal([1, "f2", "kept"], result.Output);
    }

    [Fact]
    public async Task Arguments_reach_parameters_and_args()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult named = await bench.RunAsync("param($a, $b) \"$a|$($b -join ',')|$($b.Count)\"", argumentsXml: Clixml.Write("one", new object[] { 2, 3 }));
        Assert.Equal("one|2,3|2", named.Output.Single());
        RunResult loose = await bench.RunAsync("$args.Count; $args[1]", argumentsXml: Clixml.Write("one", null));
        Assert.Equal([2, null], loose.Output);
    }

    [Fact]
    public async Task The_environment_of_a_run_is_set_and_put_back()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        Dictionary<string, string> two = new() { ["TPU_HOST_ID"] = "3", ["MEGASCALE_PORT"] = "1", ["PLAIN"] = "p" };
        RunResult first = await bench.RunAsync("\"$env:TPU_HOST_ID $env:MEGASCALE_PORT $env:PLAIN\"; /bin/sh -c 'echo $TPU_HOST_ID'", two);
        Assert.Equal(["3 1 p", "3"], first.Output);
        RunResult second = await bench.RunAsync("\"[$env:TPU_HOST_ID][$env:MEGASCALE_PORT][$env:PLAIN]\"", new Dictionary<string, string> { ["TPU_HOST_ID"] = "4" });
        Assert.Equal("[4][][]", second.Output.Single());
    }

    [Fact]
    public async Task A_pool_variable_that_a_script_set_itself_does_not_reach_the_next_run()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync("$env:MEGASCALE_SLICE_ID = '9'");
        RunResult result = await bench.RunAsync("\"[$env:MEGASCALE_SLICE_ID]\"");
        Assert.Equal("[]", result.Output.Single());
    }

    [Fact]
    public async Task Neither_token_nor_secrets_are_in_sight()
    {
        Environment.SetEnvironmentVariable("EFORMER_STORE", "localhost:1,password=secret");
        Environment.SetEnvironmentVariable("REDIS_PASSWORD", "secret");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("[Environment]::GetEnvironmentVariables().Keys; [IO.File]::ReadAllText('/proc/self/environ')");
        Assert.DoesNotContain(result.Output, name => name is "EFORMER_STORE" or "REDIS_PASSWORD" or "EFORMER_RUNNER_TOKEN" or "EFORMER_RUNNER_SOCKET");
        Assert.DoesNotContain("secret", (string)result.Output[^1]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit", 0)]
    [InlineData("function f { exit 4 }; f; 'never'", 4)]
    public async Task Exit_gives_its_code_and_the_session_goes_on(string script, int code)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(script);
        Assert.Equal(RunnerEndKind.Exited, result.End.Kind);
        Assert.Equal(code, result.End.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal("still here", (await bench.RunAsync("'still here'")).Output.Single());
    }

    [Fact]
    public async Task A_throw_is_the_end_and_the_last_error()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("'before'; throw 'boom'; 'after'");
        Assert.Equal(RunnerEndKind.Threw, result.End.Kind);
        Assert.Equal("boom", result.End.Evidence);
        Assert.True(result.End.HadErrors);
        Assert.Equal([RecordKind.Output, RecordKind.Error], result.Records.Select(record => record.Kind));
        Assert.Equal("boom", result.Records[^1].Value!.ToString());
    }

    [Theory]
    [InlineData("$x = (1 +", null)]
    [InlineData("1", "<not clixml")]
    [InlineData("1", "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><I32>1</I32></Objs>")]
    public async Task A_bad_payload_never_starts(string script, string? arguments)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(script, argumentsXml: arguments);
        Assert.Equal(RunnerEndKind.NotStarted, result.End.Kind);
        Assert.NotEmpty(result.End.Evidence);
        Assert.False(result.Started);
        Assert.Null(result.End.StartedAt);
        Assert.Equal(2, (await bench.RunAsync("2")).Output.Single());
    }

    [Fact]
    public async Task Nobody_can_be_asked()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$host.UI.ReadLine()");
        Assert.Contains("not interactive", Assert.Single(result.Of(RecordKind.Error))!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_and_duration_are_told()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("1");
        Assert.InRange(result.End.Duration, TimeSpan.FromTicks(1), result.Elapsed);
        Assert.NotNull(result.End.StartedAt);
    }
}
