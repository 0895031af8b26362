using System.Diagnostics;
using System.Globalization;
using Eformer.Pool.HostWorker.Engines;
using Eformer.Pool.HostWorker.Tests.Support;

namespace Eformer.Pool.HostWorker.Tests.Script;

public sealed class ScriptVerbTests : IDisposable
{
    private readonly ScriptBench _bench = new();

    public static TheoryData<string> Engines => HostProgram.Pwsh is null ? [nameof(EngineKind.Embedded)] : [nameof(EngineKind.Embedded), nameof(EngineKind.Pwsh)];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Objects_are_printed_with_the_modules_views(string engine)
    {
        ScriptResult result = await RunAsync(engine, "'text'; Get-Thing; Write-Host 'host'; [pscustomobject]@{ A = 1; B = 'two' }");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(["text", "host", "NAME", "----", "n1", "n2", "A : 1", "B : two"], result.Lines.OrderBy(line => line == "host" ? 1 : line == "text" ? 0 : 2));
        Assert.DoesNotContain("hidden", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_script_knows_its_place_and_its_arguments(string engine)
    {
        ScriptResult result = await RunAsync(
            engine,
            "param([string]$Name, [switch]$Sw, [int]$N, [Parameter(ValueFromRemainingArguments)]$Rest) \"$Name|$Sw|$N|$Rest\"; $PSScriptRoot; $PSCommandPath",
            "-Sw", "-N", "3", "-Name:x y", "more", "--", "-dash");
        Assert.Equal(["x y|True|3|more -dash", _bench.Folder, Path.Combine(_bench.Folder, "my [script].ps1")], result.Lines);
        ScriptResult loose = await RunAsync(engine, "\"$args\"; $args.Count", "a b", "-5");
        Assert.Equal(["a b -5", "2"], loose.Lines);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("Get-Thing; function f { exit 4 }; f", 4)]
    [InlineData("exit", 0)]
    [InlineData("1", 0)]
    [InlineData("throw 'boom'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Write-Error 'boom'", 1)]
    [InlineData("Write-Error 'boom'; 'on'", 0)]
    [InlineData("/bin/sh -c 'exit 9'", 0)]
    [InlineData("/bin/sh -c 'exit 9'; exit $LASTEXITCODE", 9)]
    [InlineData("if (", 1)]
    [InlineData("param([Parameter(Mandatory)][int]$N)", 1, "x")]
    [InlineData("#requires -Version 99", 1)]
    public async Task The_exit_code_tells_how_it_went(string script, int expected, params string[] arguments)
    {
        ScriptResult result = await RunAsync(nameof(EngineKind.Embedded), script, arguments);
        Assert.Equal(expected, result.ExitCode);
        Assert.Equal(script.Contains("boom", StringComparison.Ordinal) || (expected == 1), result.Error.Length > 0);
    }

    [Fact]
    public async Task What_was_written_before_an_exit_is_shown()
    {
        ScriptResult result = await RunAsync(nameof(EngineKind.Embedded), "Get-Thing; exit 2");
        Assert.Equal(["NAME", "----", "n1", "n2"], result.Lines);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Errors_and_warnings_go_to_the_error_stream(string engine)
    {
        ScriptResult result = await RunAsync(engine, "Write-Warning 'careful'; Write-Error 'bad'; 1/0; Get-Nope; 'end'");
        Assert.Equal(["end"], result.Lines);
        foreach (string part in (string[])["careful", "bad", "divide by zero", "Get-Nope"])
        {
            Assert.Contains(part, result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(engine == nameof(EngineKind.Embedded), result.Error.Contains("(pwsh) must be installed", StringComparison.Ordinal));
        Assert.DoesNotContain("\e", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_script_and_lets_it_clean_up(string signal, int expected)
    {
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "SIGINT is ignored here, as it is for jobs in the background of a shell.");
        Process process = _bench.Start(EngineKind.Embedded, "try { Write-Host 'go'; while ($true) { } } finally { Write-Host 'cleaned' }");
        Assert.Equal("go", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using Process kill = Process.Start("/bin/kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        ScriptResult result = await ScriptBench.EndAsync(process);
        Assert.Equal(["cleaned"], result.Lines);
        Assert.Equal(expected, result.ExitCode);
    }

    [Theory]
    [InlineData("no such file.ps1")]
    [InlineData("")]
    [InlineData("--engine other x.ps1")]
    [InlineData("--what 1 x.ps1")]
    [InlineData("--engine")]
    public async Task A_wrong_call_is_explained(string arguments)
    {
        ScriptResult result = await ScriptBench.EndAsync(ScriptBench.Spawn(["script", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], module: null));
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("usage:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_explained()
    {
        ScriptResult result = await ScriptBench.EndAsync(ScriptBench.Spawn(["script", _bench.Write("x.ps1", "1")], "/nowhere/x.psd1"));
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("/nowhere/x.psd1", result.Error, StringComparison.Ordinal);
    }

    private static bool IsInterruptIgnored()
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }

    private Task<ScriptResult> RunAsync(string engine, string script, params string[] arguments) =>
        _bench.RunAsync(Enum.Parse<EngineKind>(engine), script, arguments);
}
