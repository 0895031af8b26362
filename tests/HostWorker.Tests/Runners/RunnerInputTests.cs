using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("$input | ForEach-Object { \"<$_>\" }", "<1> <b>")]
    [InlineData("param($a) begin { 'begin' } process { \"<$_>\" } end { 'end' }", "begin <1> <b> end")]
    [InlineData("@($input).Count", "2")]
    public async Task Input_is_enumerated(string script, string expected)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(RunnerBench.Job(script) with { InputXml = Clixml.Write(1, "b") });
        Assert.Equal(expected, string.Join(' ', result.Output));
    }

    [Fact]
    public async Task No_input_is_none()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        Assert.Equal(0, (await bench.RunAsync("@($input).Count")).Output.Single());
        RunResult empty = await bench.RunAsync(RunnerBench.Job("process { 'never' }") with { InputXml = Clixml.Write() });
        Assert.Empty(empty.Output);
        RunResult bad = await bench.RunAsync(RunnerBench.Job("1") with { InputXml = "<" });
        Assert.Equal(RunnerEndKind.NotStarted, bad.End.Kind);
        Assert.Contains("input objects", bad.End.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_starts_in_the_folder_it_asks_for_and_the_session_goes_back()
    {
        string odd = _folder.Make("a [1] `b");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync("$null = $ExecutionContext.SessionState.Path.SetLocation('/usr')");
        const string Where = "\"$PWD\"; [Environment]::CurrentDirectory; /bin/pwd";
        RunResult there = await bench.RunAsync(RunnerBench.Job(Where) with { WorkingDirectory = odd });
        Assert.Equal([odd, odd, odd], there.Output);
        RunResult after = await bench.RunAsync(Where);
        Assert.Equal(["/usr", Environment.CurrentDirectory, "/usr"], after.Output);
    }

    [Fact]
    public async Task Where_a_script_went_itself_it_stays()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync(RunnerBench.Job("$null = $ExecutionContext.SessionState.Path.SetLocation('/usr')") with { WorkingDirectory = _folder.Path });
        Assert.Equal("/usr", (await bench.RunAsync("\"$PWD\"")).Output.Single());
        await bench.RunAsync("$null = $ExecutionContext.SessionState.Path.SetLocation('Env:')");
        RunResult asked = await bench.RunAsync(RunnerBench.Job("\"$PWD\"") with { WorkingDirectory = _folder.Path });
        Assert.Equal(_folder.Path, asked.Output.Single());
        Assert.StartsWith("Env:", (string)(await bench.RunAsync("\"$PWD\"")).Output.Single()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        string gone = _folder.File("gone");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(RunnerBench.Job("1") with { WorkingDirectory = gone });
        Assert.Equal(RunnerEndKind.NotStarted, result.End.Kind);
        Assert.Equal($"The working directory '{gone}' is not there.", result.End.Evidence);
        Assert.False(result.Started);
    }

    [Fact]
    public async Task A_run_whose_folder_is_removed_does_no_harm_to_the_next()
    {
        string shortLived = _folder.Make("short");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        await bench.RunAsync(RunnerBench.Job($"[IO.Directory]::Delete('{shortLived}')") with { WorkingDirectory = shortLived });
        Assert.Equal(Environment.CurrentDirectory, (await bench.RunAsync("\"$PWD\"")).Output.Single());
    }

    [Fact]
    public async Task Shipped_files_are_where_it_starts()
    {
        string files = _folder.Make("files");
        string sub = _folder.Make("files/sub");
        RunnerSetup setup = new("h", new Dictionary<string, string>(), [], files, null);
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult there = await bench.RunAsync(RunnerBench.Job("\"$PWD\"; $env:EFORMER_FILES; /bin/sh -c 'echo $EFORMER_FILES'") with { Setup = setup });
        Assert.Equal([files, files, files], there.Output);
        RunResult inside = await bench.RunAsync(RunnerBench.Job("\"$PWD\"; $env:EFORMER_FILES") with { Setup = setup, WorkingDirectory = "sub" });
        Assert.Equal([sub, files], inside.Output);
        Assert.Equal(["[]"], (await bench.RunAsync("\"[$env:EFORMER_FILES]\"")).Output);
    }
}
