using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Streams of hosts are streams here.</summary>
[Collection(LocalPoolGroup.Name)]
public class StreamTests(LocalPool local)
{
    [Fact]
    public void Warning_verbose_and_debug()
    {
        EngineResult result = local.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0, 1 {
                $VerbosePreference = $DebugPreference = 'Continue'
                Write-Warning 'w'; Write-Verbose 'v'; Write-Debug 'd'
            }
            $VerbosePreference = $DebugPreference = 'SilentlyContinue'
            """);
        Assert.Empty(result.Expect());
        Assert.Equal(["w", "w"], result.Warnings);
        Assert.Equal(["v", "v"], result.Verbose.Where(text => text.Length == 1));
        Assert.Equal(["d", "d"], result.DebugTexts.Where(text => text.Length == 1));
    }

    [Fact]
    public void Host_text_is_printed_once()
    {
        EngineResult result = local.Run("$pool | Invoke-OnEachHost -Slice 0 -HostId 0 { Write-Host 'hello' }");
        Assert.Empty(result.Expect());
        Assert.Single(result.Information);
        Assert.Equal("hello", result.HostText.Trim());
    }

    [Fact]
    public void Host_text_can_be_redirected()
    {
        EngineResult result = local.Run("$pool | Invoke-OnEachHost -Slice 0 -HostId 0 { Write-Host 'hello' } 6>&1 | ForEach-Object { $_.GetType().Name; $_.Computer }");
        Assert.Equal("InformationRecord", result.Texts[0]);
        Assert.EndsWith("/0", result.Texts[1]);
        Assert.Equal("", result.HostText);
    }

    [Fact]
    public void Information_keeps_its_tags()
    {
        EngineResult result = local.Run("$pool | Invoke-OnEachHost -Slice 0 -HostId 0 { Write-Information 'note' -Tags a, b }");
        InformationRecord record = Assert.Single(result.Information);
        Assert.Equal("note", record.MessageData.ToString());
        Assert.Equal(["a", "b"], record.Tags);
    }

    [Fact]
    public void Progress_of_many_hosts_is_kept_apart_and_completed()
    {
        EngineResult result = local.Run("""
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0, 1 {
                $record = [Management.Automation.ProgressRecord]::new(7, 'Work', 'half')
                $record.PercentComplete = 50
                & { [CmdletBinding()] param() $PSCmdlet.WriteProgress($record) }
            }
            """);
        Assert.Empty(result.Expect());
        Assert.Equal(4, result.Progress.Count);
        Assert.Equal(2, result.Progress.Select(record => record.ActivityId).Distinct().Count());
        Assert.Equal(2, result.Progress.Count(record => record.RecordType == ProgressRecordType.Completed));
        Assert.All(result.Progress, record => Assert.EndsWith("] Work", record.Activity));
    }

    [Fact]
    public void Errors_of_a_host_print_with_its_name()
    {
        EngineResult result = local.Run("""
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0 { throw 'boom' } 2>&1 | Out-Default
            """);
        Assert.Matches(@"\[.+/0\] boom", result.HostText);
    }
}
