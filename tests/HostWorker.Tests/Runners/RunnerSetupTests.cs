using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Functions_modules_and_initialization_are_there_before_the_script()
    {
        string module = _folder.File("Some.psm1", "$script:n = 0; function Get-Some { $script:n++; \"some $($script:n) $(Get-Shared)\" }; 'no output of a run'");
        RunnerSetup setup = new(
            "h", Functions(("Get-Shared", "'shared'"), ("Add-One", "param([int] $n = 1, [Parameter(ValueFromPipeline)] $v) process { $v + $n }")),
            [module], null, "$script:ready = \"ready $(Get-Some)\"; 'said'; Write-Warning 'careful'");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult first = await bench.RunAsync(RunnerBench.Job("$ready; 1..2 | Add-One -n 3; Get-Some") with { Setup = setup });
        Assert.Equal(["said", "ready some 1 shared", 4, 5, "some 2 shared"], first.Output);
        Assert.Equal(["careful"], first.Of(RecordKind.Warning));
        Assert.Equal(RunnerEndKind.Completed, first.End.Kind);
        RunResult second = await bench.RunAsync(RunnerBench.Job("Get-Some") with { Setup = setup });
        Assert.Equal(["some 3 shared"], second.Output);
    }

    [Fact]
    public async Task Each_run_meets_the_functions_it_came_with()
    {
        RunnerSetup one = new("1", Functions(("Get-It", "'one'")), [], null, "'init'");
        RunnerSetup two = new("2", Functions(("Get-It", "'two'")), [], null, null);
        await using RunnerBench bench = await RunnerBench.StartAsync();
        Assert.Equal(["init", "one"], (await bench.RunAsync(RunnerBench.Job("Get-It") with { Setup = one })).Output);
        Assert.Equal(["two"], (await bench.RunAsync(RunnerBench.Job("Get-It") with { Setup = two })).Output);
        Assert.Equal(["one"], (await bench.RunAsync(RunnerBench.Job("Get-It") with { Setup = one })).Output);
    }

    [Theory]
    [InlineData("throw 'no disk'", "The initialization script failed: no disk")]
    [InlineData("exit 4", "The initialization script failed: it ended with exit code 4.")]
    [InlineData("(", "The initialization script failed: ")]
    public async Task A_script_whose_initialization_fails_is_not_started(string initialization, string evidence)
    {
        RunnerSetup setup = new("h", Functions(), [], null, "'told'; " + initialization);
        await using RunnerBench bench = await RunnerBench.StartAsync();
        for (int round = 0; round < 2; round++)
        {
            RunResult result = await bench.RunAsync(RunnerBench.Job("'never'") with { Setup = setup });
            Assert.Equal(RunnerEndKind.NotStarted, result.End.Kind);
            Assert.StartsWith(evidence, result.End.Evidence, StringComparison.Ordinal);
            Assert.Null(result.End.StartedAt);
            Assert.Equal(initialization == "(" ? [] : ["told"], result.Output);
            Assert.Equal(initialization != "exit 4", result.End.HadErrors);
        }
    }

    [Fact]
    public async Task An_initialization_may_exit_with_zero()
    {
        RunnerSetup setup = new("h", Functions(), [], null, "exit 0");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(RunnerBench.Job("'script'") with { Setup = setup });
        Assert.Equal((RunnerEndKind.Completed, "script"), (result.End.Kind, (string)result.Output.Single()!));
    }

    [Fact]
    public async Task What_cannot_be_set_up_is_named()
    {
        string broken = _folder.File("Broken.psm1", "function (");
        string gone = _folder.File("Gone.psd1");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        foreach (RunnerSetup setup in (RunnerSetup[])[new("1", Functions(), [broken], null, null), new("2", Functions(), [gone], null, null)])
        {
            RunResult result = await bench.RunAsync(RunnerBench.Job("'never'") with { Setup = setup });
            Assert.Equal(RunnerEndKind.NotStarted, result.End.Kind);
            Assert.StartsWith($"The module '{setup.Modules[0]}' could not be imported: ", result.End.Evidence, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }

        RunResult function = await bench.RunAsync(RunnerBench.Job("'never'") with { Setup = new("3", Functions(("Bad-One", "if (")), [], null, null) });
        Assert.Equal((RunnerEndKind.NotStarted, false), (function.End.Kind, function.Started));
        Assert.StartsWith("The function 'Bad-One' could not be defined: ", function.End.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_initialization_runs_among_the_shipped_files_and_can_be_stopped()
    {
        string files = _folder.Make("files");
        RunnerSetup setup = new("h", Functions(), [], files, "\"$PWD $env:EFORMER_FILES\"; while ($true) { }");
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RunResult result = await bench.RunAsync(RunnerBench.Job("'never'") with { Setup = setup }, (_, _) => stop.Cancel(), stop.Token);
        Assert.Equal((RunnerEndKind.Stopped, false), (result.End.Kind, result.End.RunnerGone));
        Assert.Equal([$"{files} {files}"], result.Output);
    }

    private static Dictionary<string, string> Functions(params (string Name, string Body)[] functions) =>
        functions.ToDictionary(function => function.Name, function => function.Body);
}
