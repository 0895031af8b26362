using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Values of the caller's scope in a script on a host, as Invoke-Command has them.</summary>
[Collection(LocalPoolGroup.Name)]
public class UsingTests(LocalPool local)
{
    private const string One = "$pool | Invoke-OnEachHost -Slice 0 -HostId 0";

    [Theory]
    [InlineData("$using:a", "1")]
    [InlineData("$Using:A + $using:a", "2")]
    [InlineData("\"<$($using:a)> $using:a\"", "<1> 1")]
    [InlineData("$using:t.b.c", "deep")]
    [InlineData("$using:t.b", "System.Collections.Hashtable")]
    [InlineData("$using:list[1]", "y")]
    [InlineData("$using:t['k'][0]", "x")]
    [InlineData("$using:list -join ''", "xyz")]
    [InlineData("@($using:single).Count", "1")]
    [InlineData("$using:env:EFORMER_TEST_USING", "from env")]
    [InlineData("$using:global:a", "1")]
    [InlineData("[string]($null -eq $using:nothing)", "True")]
    [InlineData("& { & { $using:a } }", "1")]
    [InlineData("1, 2 | ForEach-Object { $using:a + $_ } | & { \"$input\" }", "2 3")]
    [InlineData("function Get-It { $using:a }; Get-It", "1")]
    [InlineData("function Show($x, $y) { \"$x-$y\" }; Show @using:splat", "p-q")]
    [InlineData("begin { $using:a } end { }", "1")]
    public void It_has_the_callers_value(string script, string expected) => Assert.Equal([expected], local.Run($$"""
        $env:EFORMER_TEST_USING = 'from env'
        $a = 1; $t = @{ b = @{ c = 'deep' }; k = @('x') }; $list = 'x', 'y', 'z'; $single = , 5; $nothing = $null; $splat = @{ x = 'p'; y = 'q' }
        {{One}} { {{script}} }
        """).Expect().Select(item => item.ToString()));

    [Fact]
    public void It_is_the_value_in_the_scope_of_the_call() => Assert.Equal(["2"], local.Run($$"""
        $v = 1
        function Send { $v = 2; {{One}} { $using:v } }
        Send
        """).Texts);

    [Fact]
    public void It_is_the_value_in_the_module_of_the_call() => Assert.Equal(["inner"], local.Run($$"""
        $v = 'outer'
        $module = New-Module { $script:v = 'inner'; function Send { param($pool) {{One}} { $using:v } } }
        & $module Send $pool
        """).Texts);

    [Fact]
    public void Arguments_and_parameters_stay_as_they_are()
    {
        Assert.Equal(["7 8 1"], local.Run($$"""$u = 7; {{One}} { param($p) "$using:u $p $($args.Count)" } -ArgumentList 8, 9""").Texts);
        Assert.Equal(["7 "], local.Run($$"""$u = 7; {{One}} { [CmdletBinding()] param($p) "$using:u $p" }""").Texts);
        Assert.Equal(["0"], local.Run($$"""$u = 7; {{One}} { $null = $using:u; $args.Count }""").Texts);
    }

    [Fact]
    public void Lines_of_errors_are_those_of_the_script()
    {
        ErrorRecord error = Assert.Single(local.Run($"$u = 7; {One} {{\n\n$null = $using:u\nthrow 'here'\n}}").Errors);
        Assert.Contains("line 4", error.ScriptStackTrace);
    }

    [Fact]
    public void A_file_has_it_too()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "param($p)\n\"$p $using:u\"");
            Assert.Equal(["a 7"], local.Run($"param($file) $u = 7; {One} -FilePath $file -ArgumentList a", file).Texts);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_command_gets_its_arguments() =>
        Assert.Equal(["a b"], local.Run($"{One} -Command Write-Output -ArgumentList 'a b'").Texts);
}
