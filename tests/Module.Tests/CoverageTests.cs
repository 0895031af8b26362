using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What a user requires of a run as a whole.</summary>
[Collection(LocalPoolGroup.Name)]
public class CoverageTests(LocalPool local)
{
    private const string OneFails = $"{{ if ({LocalPool.IsHost12}) {{ throw 'boom' }}; 'fine' }}";
    private const string OneOfEachSliceFails = "{ if ($env:TPU_HOST_ID -eq 2) { throw 'boom' }; 'fine' }";

    [Theory]
    [InlineData("All")]
    [InlineData("all")]
    [InlineData("90%")]
    [InlineData("88")]
    public void Too_few_is_an_error_after_all_output(string required)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {OneFails} -Require {required}");
        Assert.Equal(7, result.Output.Count);
        Assert.Equal(["boom", "CoverageNotMet"], result.ErrorIds);
        ErrorRecord error = result.Errors[^1];
        Assert.StartsWith("7 of 8 hosts succeeded (87.5 %), 1 of 2 slices as a whole; ", error.ToString());
        Assert.Matches(@"Not so: .+/2 Failed\.", error.ToString());
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("87%")]
    [InlineData("'87.5 %'")]
    [InlineData("87.5")]
    [InlineData("1")]
    [InlineData("Slice")]
    public void Enough_is_enough(string required)
    {
        EngineResult result = local.Run($"$pool | Invoke-OnEachHost {OneFails} -Require {required}");
        Assert.Equal(7, result.Output.Count);
        Assert.Equal(["boom"], result.ErrorIds);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void Hosts_of_several_slices_are_no_whole_slice() =>
        Assert.Equal("CoverageNotMet", local.Run($"$pool | Invoke-OnEachHost {OneOfEachSliceFails} -Require Slice").ErrorIds[^1]);

    [Theory]
    [InlineData("Invoke-OnEachHost -AsResult", 8)]
    [InlineData("Invoke-OnEachSlice", 2)]
    public void Results_come_first(string command, int count)
    {
        EngineResult result = local.Run($"$pool | {command} {OneFails} -Require All");
        Assert.Equal(count, result.Output.Count);
        result.ExpectError("CoverageNotMet");
    }

    [Fact]
    public void A_pool_on_which_it_cannot_start_counts()
    {
        EngineResult result = local.Run("Invoke-OnEachHost $pool, 'none' { 'fine' } -Require All");
        Assert.Equal(8, result.Output.Count);
        Assert.Equal(["PoolNotFound", "CoverageNotMet"], result.ErrorIds);
    }

    [Fact]
    public void It_can_be_caught() =>
        Assert.Equal(["CoverageNotMet,Eformer.Pool.Module.Commands.InvokeOnEachHostCommand"], local.Run(
            $"try {{ $pool | Invoke-OnEachHost {OneFails} -Require All -ErrorAction Ignore | Out-Null }} catch {{ $_.FullyQualifiedErrorId }}").Texts);

    [Theory]
    [InlineData("0")]
    [InlineData("0.9")]
    [InlineData("101")]
    [InlineData("'100.1%'")]
    [InlineData("-5")]
    [InlineData("Most")]
    [InlineData("NaN")]
    [InlineData("''")]
    public void What_is_no_coverage_is_refused(string required)
    {
        ErrorRecord error = local.Run($"Invoke-OnEachHost none {{ 1 }} -Require {required}").ExpectError("CannotConvertArgumentNoMessage");
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains("from 1% to 100%", error.ToString());
    }
}
