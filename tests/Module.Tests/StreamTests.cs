using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Streams of hosts are streams here.</summary>
[Collection(LocalPoolGroup.Name)]
public class StreamTests(LocalPool local)
{
    private const string Classes =
        "class Leaf { $Text = 'leaf' }; class Twig { $Leaf = [Leaf]::new() }; class Branch { $Twig = [Twig]::new() }; [Branch]::new()";

    [Fact]
    public void Warning_verbose_and_debug()
    {
        EngineResult result = local.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'
            $pool | Invoke-OnEachHost -Slice 0 -HostId 0, 1 {
                Write-Warning 'w'; Write-Verbose 'v' -Verbose; Write-Debug 'd' -Debug
            }
            $VerbosePreference = $DebugPreference = 'SilentlyContinue'
            """);
        Assert.Empty(result.Expect());
        Assert.Equal(["w", "w"], result.Warnings);
        Assert.Equal(["v", "v"], result.Verbose.Where(text => text.Length == 1));
        Assert.Equal(["d", "d"], result.DebugTexts.Where(text => text.Length == 1));
    }

    [Fact]
    public void All_streams_of_a_host_come_in_the_order_in_which_they_were_written()
    {
        EngineResult result = local.Run("""
            $VerbosePreference = $DebugPreference = 'Continue'
            $all = @($pool | Invoke-OnEachHost -Slice 0 -HostId 0 {
                foreach ($i in 1..100) {
                    "$i.1"; Write-Warning "$i.2"; Write-Error "$i.3"; Write-Verbose "$i.4" -Verbose; Write-Debug "$i.5" -Debug; Write-Host "$i.6"; Write-Information "$i.7"
                }
            } *>&1)
            $VerbosePreference = $DebugPreference = 'SilentlyContinue'
            foreach ($record in $all) { if ("$record" -match '(\d+\.\d)$') { "$($record.GetType().Name) $($Matches[1])" } }
            """);
        string[] kinds = ["String", "WarningRecord", "RemotingErrorRecord", "VerboseRecord", "DebugRecord", "InformationRecord", "InformationRecord"];
        Assert.Equal(
            Enumerable.Range(1, 100).SelectMany(i => kinds.Select((kind, stream) => $"{kind} {i}.{stream + 1}")), result.Expect().Select(item => item.ToString()));
        Assert.Equal("", result.HostText);
    }

    [Theory]
    [InlineData(1, "Twig")]
    [InlineData(2, "Twig.Leaf")]
    public void What_the_depth_cuts_is_a_warning_that_names_the_property(int depth, string property)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost -Slice 0 -HostId 0, 1 {{ {Classes} }} -Depth {depth}");
        Assert.Equal(2, result.Expect().Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.All(result.Warnings, text => Assert.StartsWith($"Output was cut at a depth of {depth}: property '{property}' ", text));
    }

    [Fact]
    public void What_is_deep_enough_is_whole_and_no_warning()
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost -Slice 0 -HostId 0 {{ {Classes} }} -Depth 3 | ForEach-Object {{ $_.Twig.Leaf.Text }}");
        Assert.Equal(["leaf"], result.Texts);
        Assert.Empty(result.Warnings);
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
