using System.Collections;
using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerDepthTests
{
    private const string Classes =
        """
        class Leaf { [string] $Text = 'leaf' }
        class Twig { [object] $Leaf = [Leaf]::new() }
        class Branch { [object] $Twig = [Twig]::new() }

        """;

    [Theory]
    [InlineData(1, "Twig")]
    [InlineData(2, "Twig.Leaf")]
    [InlineData(3, null)]
    public async Task What_is_cut_of_a_users_own_classes_is_told_by_its_path(int depth, string? path)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(RunnerBench.Job(Classes + "1..50 | ForEach-Object { [Branch]::new() }") with { Depth = depth });
        Assert.Equal(50, result.Output.Count);
        Assert.Equal(depth < 2, Get(result.Output[0], "Twig") is string);
        if (path is null)
        {
            Assert.Equal("leaf", Get(Get(Get(result.Output[0], "Twig"), "Leaf"), "Text"));
            Assert.Empty(result.Of(RecordKind.Warning));
            return;
        }

        string warning = (string)Assert.Single(result.Of(RecordKind.Warning))!;
        Assert.StartsWith($"Output was cut at a depth of {depth}: property '{path}' ", warning, StringComparison.Ordinal);
        Assert.Contains("-Depth", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_property_is_told_once_in_each_run()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        string script = Classes +
            """
            $b = [Branch]::new(); $b.Twig.Leaf = 1
            1..3 | ForEach-Object { [pscustomobject]@{ A = @{ B = , @([Branch]::new()) } }; [ordered]@{ Z = [Branch]::new() }; $b }
            """;
        for (int round = 0; round < 2; round++)
        {
            RunResult result = await bench.RunAsync(RunnerBench.Job(script) with { Depth = 1 });
            string[] paths = [.. result.Of(RecordKind.Warning).Select(warning => ((string)warning!).Split('\'')[1])];
            Assert.Equal(["A.B.Twig", "Z.Twig", "Twig"], paths);
        }
    }

    [Fact]
    public async Task Data_without_types_is_whole_however_deep_and_other_objects_are_cut_silently()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(RunnerBench.Job(
            """
            [pscustomobject]@{ A = @{ B = @(@{ C = [pscustomobject]@{ D = @{ E = 'deep' } } }) } }
            [IO.DirectoryInfo]::new('/usr/share')
            """) with { Depth = 1 });
        Assert.Empty(result.Of(RecordKind.Warning));
        IList b = (IList)PSObject.AsPSObject(((Hashtable)PSObject.AsPSObject(Get(result.Output[0], "A")!).BaseObject)["B"]!).BaseObject;
        object c = ((Hashtable)PSObject.AsPSObject(b[0]!).BaseObject)["C"]!;
        Assert.Equal("deep", ((Hashtable)PSObject.AsPSObject(Get(c, "D")!).BaseObject)["E"]);
        Assert.Equal("/usr", Get(result.Output[1], "Parent")!.ToString());
    }

    [Fact]
    public async Task Properties_of_a_script_are_read_once()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            $global:n = 0; $o = [pscustomobject]@{ A = @{} }
            $o.psobject.Properties.Add([psscriptproperty]::new('S', { ++$global:n }))
            $o; $n
            """);
        Assert.Equal(1, result.Output[1]);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ N = $d }")]
    [InlineData("@{ N = $d }")]
    [InlineData(", $d")]
    public async Task What_nobody_could_open_again_is_an_error_of_that_object_alone(string wrap)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        foreach ((int levels, bool fits) in ((int, bool)[])[(47, true), (48, false)])
        {
            RunResult result = await bench.RunAsync($"'before'; $d = 1; for ($i = 0; $i -lt {levels}; $i++) {{ $d = {wrap} }}; if ($d -is [array]) {{ , $d }} else {{ $d }}; 'after'");
            Assert.Equal(fits ? 3 : 2, result.Output.Count);
            Assert.Equal("after", result.Output[^1]);
            Assert.Equal(fits ? [] : ["NestedTooDeep"], result.Of(RecordKind.Error).Select(error => Get(error, "FullyQualifiedErrorId")));
            Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
        }
    }

    [Fact]
    public async Task Objects_that_hold_themselves_are_sent()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$o = [pscustomobject]@{ Me = $null; L = @{} }; $o.Me = $o; $o.L['o'] = $o; $o; 'after'");
        Assert.Equal("after", result.Output[^1]);
        Assert.Empty(result.Of(RecordKind.Error));
    }

    private static object? Get(object? value, string property) => PSObject.AsPSObject(value!).Properties[property].Value;
}
