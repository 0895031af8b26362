using System.Management.Automation;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Runners;

public sealed class RunnerStreamTests
{
    [Fact]
    public async Task Output_comes_back_in_order()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("1..10000");
        Assert.Equal(Enumerable.Range(1, 10000).Cast<object>(), result.Output);
        Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
        Assert.False(result.End.HadErrors);
        Assert.True(result.Started);
    }

    [Theory]
    [InlineData("'a<b>&_x0041_'", "a<b>&_x0041_")]
    [InlineData("\"line`nnext`ttab\"", "line\nnext\ttab")]
    [InlineData("' '", " ")]
    [InlineData("''", "")]
    [InlineData("'äß€😀'", "äß€😀")]
    [InlineData("[double]::NaN", double.NaN)]
    [InlineData("[double]::NegativeInfinity", double.NegativeInfinity)]
    [InlineData("0.1", 0.1)]
    [InlineData("[long]::MinValue", long.MinValue)]
    [InlineData("-7", -7)]
    [InlineData("$true", true)]
    [InlineData("[byte]255", (byte)255)]
    public async Task Simple_values_keep_value_and_type(string script, object expected)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(script);
        Assert.Equal(expected, Assert.Single(result.Output));
    }

    [Fact]
    public async Task Objects_of_all_shapes_share_a_document()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$null; [pscustomobject]@{ A = 1; B = 'x' }; @{ K = 2 }; , @(1, @(2, 3)); [pscustomobject]@{ A = 4 }; 5");
        Assert.Equal(6, result.Output.Count);
        Assert.Null(result.Output[0]);
        Assert.Equal(1, ((PSObject)result.Output[1]!).Properties["A"].Value);
        Assert.Equal("x", ((PSObject)result.Output[1]!).Properties["B"].Value);
        Assert.Equal(2, ((System.Collections.Hashtable)((PSObject)result.Output[2]!).BaseObject)["K"]);
        Assert.Equal(4, ((PSObject)result.Output[4]!).Properties["A"].Value);
        Assert.Equal(5, result.Output[5]);
    }

    [Fact]
    public async Task An_object_is_sent_as_it_was_when_it_was_written()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$o = [pscustomobject]@{ N = 0 }; 1..3 | ForEach-Object { $o.N = $_; $o }");
        Assert.Equal([1, 2, 3], result.Output.Select(value => ((PSObject)value!).Properties["N"].Value));
    }

    [Fact]
    public async Task A_note_on_a_simple_value_survives()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("$s = [psobject]::AsPSObject('text'); $s.psobject.Properties.Add([psnoteproperty]::new('N', 7)); $s");
        Assert.Equal(7, PSObject.AsPSObject(result.Output.Single()!).Properties["N"].Value);
    }

    [Fact]
    public async Task All_streams_come_back_in_the_order_of_the_script()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            $VerbosePreference = $DebugPreference = 'Continue'
            function Show { [CmdletBinding()] param() $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'doing', 'now')) }
            'out'; Write-Error 'err'; Write-Warning 'warn'; Write-Verbose 'verb'; Write-Debug 'debug'
            Write-Host 'text' -NoNewline -ForegroundColor Red; Write-Information 'info' -Tags a, b; Show
            'last'
            """,
            new Dictionary<string, string>());
        RecordKind[] expected =
        [
            RecordKind.Output, RecordKind.Error, RecordKind.Warning, RecordKind.Verbose, RecordKind.Debug,
            RecordKind.Information, RecordKind.Information, RecordKind.Progress, RecordKind.Output,
        ];
        Assert.Equal(expected, result.Records.Select(record => record.Kind));
        Assert.Equal("warn", result.Of(RecordKind.Warning).Single());
        Assert.Equal("verb", result.Of(RecordKind.Verbose).Single());
        Assert.Equal("debug", result.Of(RecordKind.Debug).Single());
        Assert.True(result.End.HadErrors);
        Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
    }

    [Fact]
    public async Task Host_text_is_an_information_record_with_its_colours()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("Write-Host 'a', 'b' -Separator '-' -ForegroundColor Red");
        PSObject record = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Information)));
        PSObject message = (PSObject)record.Properties["MessageData"].Value;
        Assert.Equal("a-b", message.Properties["Message"].Value);
        Assert.Equal("Red", message.Properties["ForegroundColor"].Value.ToString());
        System.Collections.IList tags = (System.Collections.IList)PSObject.AsPSObject(record.Properties["Tags"].Value).BaseObject;
        Assert.Contains("PSHOST", tags.Cast<object>().Select(tag => tag.ToString()));
    }

    [Fact]
    public async Task Text_written_straight_to_the_host_comes_once_too()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(
            """
            $InformationPreference = 'Continue'
            Write-Host 'a'; $Host.UI.WriteLine('b'); Write-Information 'c'; $Host.UI.Write('Red', 'Black', 'd'); Write-Host 'e' -ForegroundColor Red
            """);
        Assert.Equal(["a", "b", "c", "d", "e"], result.Of(RecordKind.Information).Select(record => ((PSObject)record!).Properties["MessageData"].Value.ToString()));
    }

    [Fact]
    public async Task An_error_keeps_id_category_target_and_place()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("function f { Write-Error 'bad' -ErrorId MyId -Category InvalidData -TargetObject 'it' -RecommendedAction 'do' }\nf");
        PSObject error = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Error)));
        Assert.StartsWith("MyId", (string)error.Properties["FullyQualifiedErrorId"].Value, StringComparison.Ordinal);
        Assert.Equal((int)ErrorCategory.InvalidData, error.Properties["ErrorCategory_Category"].Value);
        Assert.Equal("it", error.Properties["TargetObject"].Value.ToString());
        Assert.Contains("at f", (string)error.Properties["ErrorDetails_ScriptStackTrace"].Value, StringComparison.Ordinal);
        Assert.Equal("do", error.Properties["ErrorDetails_RecommendedAction"].Value);
        Assert.Equal("bad", error.ToString());
    }

    [Theory]
    [InlineData("\"a`u{FFFE}b\"", "SerializationFailed", "invalid character")]
    [InlineData("[pscustomobject]@{ A = \"a`u{FFFF}b\" }", "SerializationFailed", "invalid character")]
    [InlineData("Write-Error \"bad`u{FFFE}\"", "SerializationFailed", "bad\uFFFD (")]
    [InlineData("Write-Warning \"bad`u{FFFE}\"", "SerializationFailed", "invalid character")]
    public async Task What_cannot_be_sent_is_an_error_and_the_script_goes_on(string script, string id, string text)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync(script + "; 'on'");
        PSObject error = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Error)));
        Assert.Equal(id, error.Properties["FullyQualifiedErrorId"].Value);
        Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("on", Assert.Single(result.Output));
        Assert.Equal((RunnerEndKind.Completed, true), (result.End.Kind, result.End.HadErrors));
    }

    [Theory]
    [InlineData("throw \"bad`u{FFFE}\"", "SerializationFailed", "bad\uFFFD (")]
    [InlineData("throw 'x' * 21MB", "PayloadTooLarge", "xxx\u2026 (")]
    [InlineData("$a = 1; 1..60 | ForEach-Object { $a = , $a }; throw $a", "NestedTooDeep", "levels deep")]
    public async Task What_is_thrown_and_cannot_be_sent_ends_the_script_and_not_its_process(string script, string id, string text)
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("'before'; " + script);
        PSObject error = Assert.IsType<PSObject>(Assert.Single(result.Of(RecordKind.Error)));
        Assert.Equal(id, error.Properties["FullyQualifiedErrorId"].Value);
        Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("before", Assert.Single(result.Output));
        Assert.Equal(RunnerEndKind.Threw, result.End.Kind);
        Assert.Equal("after", (await bench.RunAsync("'after'")).Output.Single());
    }

    [Fact]
    public async Task A_record_is_seen_while_the_script_goes_on()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        RunResult result = await bench.RunAsync("'first'; while ($true) { }", onObject: (_, _) => stop.Cancel(), stop: stop.Token);
        Assert.Equal("first", Assert.Single(result.Output));
        Assert.Equal(RunnerEndKind.Stopped, result.End.Kind);
    }

    [Fact]
    public async Task Console_text_of_user_code_disturbs_nothing()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("1..20000 | ForEach-Object { [Console]::WriteLine('x' * 100); [Console]::Error.WriteLine('y' * 100) }; 'done'");
        Assert.Equal("done", Assert.Single(result.Output));
    }

    [Fact]
    public async Task Native_commands_are_captured_as_in_pwsh()
    {
        await using RunnerBench bench = await RunnerBench.StartAsync();
        RunResult result = await bench.RunAsync("/bin/sh -c 'echo a; echo b; echo e >&2; exit 3'; $LASTEXITCODE; /bin/sh -c 'cat; echo end'");
        Assert.Equal(["a", "b", 3, "end"], result.Output);
        Assert.Equal("e", Assert.Single(result.Of(RecordKind.Error))!.ToString());
        Assert.Equal(RunnerEndKind.Completed, result.End.Kind);
    }
}
