using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Input of scripts on hosts.</summary>
[Collection(LocalPoolGroup.Name)]
public class InputTests(LocalPool local)
{
    private const string Where = "\"$env:EXECUTOR_CALL_SLICE/$env:TPU_HOST_ID\"";

    [Fact]
    public void Every_host_gets_all_of_it() => Assert.All(
        local.Run("1..3 | Invoke-OnEachHost { @($input) -join ',' } -Pool $pool").Expect(), item => Assert.Equal("1,2,3", item.ToString()));

    [Fact]
    public void It_can_be_an_argument() => Assert.Equal(
        ["1,2,3", "x"],
        local.Run("""
            $pool | Invoke-OnEachHost { @($input) -join ',' } -InputObject (1..3) -Slice 0 -HostId 0
            $pool | Invoke-OnEachHost { @($input) -join ',' } -InputObject x -Slice 0 -HostId 0
            """).Texts);

    [Fact]
    public void It_is_distributed_in_contiguous_blocks_over_the_hosts_chosen()
    {
        string[] texts = [.. local.Run($$"""1..10 | Invoke-OnEachHost $pool { {{Where}} + ' ' + (@($input) -join ',') } -Distribute -HostId 1, 3""").Texts.Order()];
        Assert.Equal(["0/1 1,2,3", "0/3 4,5,6", "1/1 7,8", "1/3 9,10"], texts);
    }

    [Fact]
    public void Hosts_without_a_part_run_with_none() => Assert.Equal(
        ["0/0 a", "0/1 ", "0/2 ", "0/3 "],
        local.Run($$"""'a' | Invoke-OnEachHost $pool { {{Where}} + ' ' + (@($input) -join ',') } -Distribute -Slice 0""").Texts.Order());

    [Fact]
    public void A_command_takes_it() => Assert.Equal(
        ["2", "4"], local.Run("2, 4 | Invoke-OnEachHost $pool -Command ForEach-Object -ArgumentList ToString -Slice 1 -HostId 2").Texts);

    [Fact]
    public void A_file_takes_it()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "process { $_ * 2 }");
            Assert.Equal(["2", "4"], local.Run("param($file) 1, 2 | Invoke-OnEachHost $pool -FilePath $file -Slice 0 -HostId 0", file).Texts);
            Assert.Equal(8, local.Run("param($file) $pool | Invoke-OnEachHost -FilePath $file", file).Expect().Count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // As it is, and as completion writes it.
    [Fact]
    public void A_file_whose_name_has_brackets_is_found()
    {
        string file = Path.Combine(Path.GetTempPath(), $"part[1].{Guid.NewGuid():N}.ps1");
        try
        {
            File.WriteAllText(file, "'found'");
            string[] given = [file, System.Management.Automation.WildcardPattern.Escape(file)];
            Assert.All(given, path => Assert.Equal(["found"], local.Run("param($file) Invoke-OnEachHost $pool -FilePath $file -Slice 0 -HostId 0", path).Texts));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_pipeline_that_carries_nothing_is_no_input() => Assert.Equal(
        ["0"], local.Run("@() | Invoke-OnEachHost { @($input).Count } -Pool $pool -Slice 0 -HostId 0").Texts);
}
