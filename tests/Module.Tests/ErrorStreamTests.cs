using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Errors and other streams of hosts meet the caller's redirections and preferences, for one host as for many.</summary>
[Collection(LocalPoolGroup.Name)]
public class ErrorStreamTests(LocalPool local)
{
    private const string One = "-Slice 0 -HostId 0";

    [Theory]
    [InlineData(One, 1)]
    [InlineData("", 8)]
    public void A_terminating_error_ends_the_script_there_and_not_here(string hosts, int count)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {hosts} {{ 'before'; throw 'boom'; 'after' }}; 'went on'");
        Assert.Equal(Enumerable.Repeat("before", count).Append("went on"), result.Texts);
        Assert.Equal(Enumerable.Repeat("boom", count), result.ErrorIds);
        Assert.Null(result.Failure);
    }

    [Theory]
    [InlineData(One)]
    [InlineData("")]
    public void Stop_makes_it_end_here_too(string hosts)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {hosts} {{ throw 'boom' }} -ErrorAction Stop; 'went on'");
        Assert.Empty(result.Texts);
        Assert.Equal("boom", result.Failure!.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("boom caught", Assert.Single(local.Run(
            $"try {{ $pool | Invoke-OnEachHost {hosts} {{ throw 'boom' }} -ErrorAction Stop }} catch {{ \"$($_.FullyQualifiedErrorId.Split(',')[0]) caught\" }}").Texts));
    }

    [Theory]
    [InlineData(One, 1)]
    [InlineData("", 8)]
    public void A_host_that_does_not_succeed_is_one_error_with_a_stable_id(string hosts, int count)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {hosts} {{ 'before'; exit 3 }}; 'went on'");
        Assert.Equal(count + 1, result.Output.Count);
        Assert.Equal(Enumerable.Repeat("HostScriptFailed", count), result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category));
    }

    [Fact]
    public void The_other_hosts_output_stays_whole()
    {
        EngineResult result = local.Run($$"""$pool | Invoke-OnEachHost { if ({{LocalPool.IsHost12}}) { throw 'boom' }; 1..1000 }""");
        Assert.Equal(7000, result.Output.Count);
        Assert.Equal(["boom"], result.ErrorIds);
    }

    [Theory]
    [InlineData("2>$null", 0)]
    [InlineData("-ErrorAction SilentlyContinue", 0)]
    [InlineData("-ErrorAction Ignore", 0)]
    [InlineData("2>&1", 8)]
    [InlineData("-ErrorVariable kept -ErrorAction SilentlyContinue; $kept", 8)]
    public void Errors_can_be_redirected(string how, int records)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {{ throw 'boom' }} {how}");
        Assert.Equal(records, result.Output.Count);
        Assert.Empty(result.ErrorIds);
        Assert.All(result.Output, item => Assert.IsType<ErrorRecord>(item.BaseObject, exactMatch: false));
    }

    [Theory]
    [InlineData("Write-Warning x", "-WarningVariable kept -WarningAction SilentlyContinue")]
    [InlineData("Write-Information x", "-InformationVariable kept")]
    [InlineData("Write-Error x", "-ErrorVariable kept -ErrorAction SilentlyContinue")]
    [InlineData("'x'", "-OutVariable kept")]
    public void Streams_go_into_variables(string script, string variable) => Assert.Equal(
        "8",
        local.Run($"$null = $pool | Invoke-OnEachHost {{ {script} }} {variable}; \"$(@($kept).Count)\"").Texts[^1]);

    [Theory]
    [InlineData("Write-Warning x", "3>&1")]
    [InlineData("& { $VerbosePreference = 'Continue'; Write-Verbose x }", "-Verbose 4>&1")]
    [InlineData("& { $DebugPreference = 'Continue'; Write-Debug x }", "-Debug 5>&1")]
    [InlineData("Write-Host x", "6>&1")]
    public void Streams_are_redirected(string script, string redirection)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {{ {script} }} {redirection} | Where-Object {{ \"$_\" -eq 'x' }}");
        Assert.Equal(8, result.Output.Count);
        Assert.Equal("", result.HostText);
    }

    [Fact]
    public void Host_text_of_many_hosts_is_printed_once_each()
    {
        EngineResult result = local.Run("$pool | Invoke-OnEachHost { Write-Host 'hello' }");
        Assert.Equal(Enumerable.Repeat("hello", 8), result.HostText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
    }

    [Fact]
    public void A_missing_command_names_the_parameter_that_sends_it()
    {
        ErrorRecord error = Assert.Single(local.Run($"$pool | Invoke-OnEachHost {One} {{ Get-Foo }}").Errors);
        Assert.StartsWith("CommandNotFoundException", error.FullyQualifiedErrorId);
        Assert.Contains("-Function Get-Foo", error.ToString());
    }
}
