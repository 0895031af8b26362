using System.Management.Automation;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>What is wrong with arguments is said before anything is started or anybody is asked.</summary>
public sealed class ArgumentTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("New-SlicePool -Local -Name ''", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name Night", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name 'a b'", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name '../etc'", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name \"a`nb\"", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name ('a' * 64)", "InvalidName")]
    [InlineData("New-SlicePool -Local -Name 'x{y}'", "InvalidName")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -Fleet 'A' -HostsPerSlice 1", "InvalidName")]
    [InlineData("New-SlicePool -HostsPerSlice 1", "StoreNotGiven")]
    [InlineData("New-SlicePool -Local -SliceCount 0", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount -1", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 2,0", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount @()", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount -3", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 2,-4", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 2,2", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount $null", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 1000001", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 2147483647", "InvalidSize")]
    [InlineData("New-SlicePool -Local -SliceCount 99999999999", "CannotConvertArgumentNoMessage")]
    [InlineData("New-SlicePool -Local -SliceCount 1,0 -WhatIf", "InvalidSize")]
    [InlineData("New-SlicePool -Local -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -TimeoutSec -5", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -KeepForSec 60", "InvalidKeep")]
    [InlineData("New-SlicePool -Local -KeepForSec 60 -WhatIf", "InvalidKeep")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -KeepForSec 0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -KeepForSec -1", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -KeepForSec 2592001", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -TpuType v5e-17", "UnknownTpuType")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -TpuType ''", "ParameterArgumentValidationErrorEmptyStringNotAllowed")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -TpuType v5e-16 -HostsPerSlice 4", "AmbiguousParameterSet")]
    [InlineData("New-SlicePool -Local -Selector @{ a = 1 }", "AmbiguousParameterSet")]
    [InlineData("New-SlicePool -Local -Strategy Spreaded", "CannotConvertArgumentNoMessage")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = $null }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = 'x', $null }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = @{ b = 1 } }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = 'x', @{ b = 1 } }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = @() }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = { 1 } }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ '' = 1 }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector @{ a = 'x' * 257 }", "InvalidSelector")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -Selector $null", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -LeaseSec 5", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -HostsPerSlice 0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice -3", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -LeaseSec 9", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -LeaseSec 3601", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -Store 127.0.0.1:1 -HostsPerSlice 1", "AmbiguousParameterSet")]
    public void New_SlicePool_refuses(string script, string id) => _engine.Run(script).ExpectError(id);

    [Theory]
    [InlineData("Resize-SlicePool none 0", "InvalidSize")]
    [InlineData("Resize-SlicePool none -3", "InvalidSize")]
    [InlineData("Resize-SlicePool none @()", "InvalidSize")]
    [InlineData("Resize-SlicePool none $null", "InvalidSize")]
    [InlineData("Resize-SlicePool none 2,-4", "InvalidSize")]
    [InlineData("Resize-SlicePool none 2,2", "InvalidSize")]
    [InlineData("Resize-SlicePool none 1000001", "InvalidSize")]
    [InlineData("Resize-SlicePool none 2 -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("Resize-SlicePool none 2 -TimeoutSec -1", "ParameterArgumentValidationError")]
    [InlineData("Clear-SlicePool none -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("Clear-SlicePool none -Slice -1", "ParameterArgumentValidationError")]
    [InlineData("Clear-SlicePool none -Slice @()", "ParameterArgumentValidationError")]
    [InlineData("Connect-SlicePool night", "StoreNotGiven")]
    [InlineData("Connect-SlicePool Night -Store 127.0.0.1:1", "InvalidName")]
    [InlineData("Connect-SlicePool night -Store 127.0.0.1:1 -KeepForSec 0", "ParameterArgumentValidationError")]
    [InlineData("Get-SliceHost", "StoreNotGiven")]
    [InlineData("Get-SlicePoolDemand", "StoreNotGiven")]
    [InlineData("Get-SlicePoolEvent", "StoreNotGiven")]
    [InlineData("Get-SlicePoolEvent -Newest 0", "ParameterArgumentValidationError")]
    [InlineData("Get-SliceHost -Store 127.0.0.1:1 -Fleet A", "InvalidName")]
    [InlineData("Suspend-SliceHost a", "StoreNotGiven")]
    [InlineData("Suspend-SliceHost 'a b' -Store 127.0.0.1:1", "InvalidName")]
    [InlineData("Suspend-SliceHost a -Store 127.0.0.1:1 -WithinSec 0", "ParameterArgumentValidationError")]
    [InlineData("Resume-SliceHost a", "StoreNotGiven")]
    public void Others_refuse(string script, string id) => _engine.Run(script).ExpectError(id);

    [Theory]
    [InlineData("Get-SliceHost -Store 127.0.0.1:1")]
    [InlineData("Get-SlicePoolDemand -Store 127.0.0.1:1")]
    [InlineData("Get-SlicePoolEvent -Store 127.0.0.1:1")]
    [InlineData("Suspend-SliceHost a -Store 127.0.0.1:1")]
    [InlineData("Resume-SliceHost a -Store 127.0.0.1:1")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 1 -WhatIf")]
    public void A_store_that_is_not_there_is_said_so(string script) => _engine.Run(script).ExpectError("StoreUnreachable");

    [Theory]
    [InlineData("New-SlicePool -Local -KeepForSec 60", "its hosts end with this process", "a pool in a store")]
    [InlineData("New-SlicePool -Local -SliceCount 2,2", "The slice count 2 was given twice", "a list of different ones such as 2,4,8")]
    [InlineData("New-SlicePool -Local -SliceCount @()", "No slice count was given", "one number of slices")]
    [InlineData("New-SlicePool -Local -SliceCount 2,-4", "cannot have -4 slices", "1 to 1,000,000")]
    [InlineData("New-SlicePool -Store s:1 -TpuType v5e-17", "Near ones are v5e-", "v5p-8")]
    [InlineData("New-SlicePool -Store s:1 -HostsPerSlice 1 -Selector @{ gpu = $null }", "the label 'gpu' has no value", "@{ gpu = 'h100'")]
    public void What_is_wrong_and_what_would_be_right_is_said(string script, string message, string advice)
    {
        ErrorRecord error = Assert.Single(_engine.Run(script).Errors);
        Assert.Contains(message, error.ToString());
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Invoke-OnEachHost none { $using:x }", "UsingNotSupported")]
    [InlineData("Invoke-OnEachHost none { & { $using:x.y[0] } }", "UsingNotSupported")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList 1, ([securestring]::new())", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([pscredential]::Empty)", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([pscredential]::new('u', [securestring]::new()))", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList @{ a = @{ b = [securestring]::new() } }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList '<SS>no secret</SS>'", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList { 2 }", "ScriptBlockInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ TPU_NAME = 1 }", "ReservedVariable")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ eformer_store = 'x' }", "ReservedVariable")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ 'A=B' = 1 }", "InvalidEnvironment")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ A = $null }", "InvalidEnvironment")]
    [InlineData("Invoke-OnEachHost none { 1 } -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -Slice -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -Isolation Runspaces", "CannotConvertArgumentNoMessage")]
    public void Invoke_OnEachHost_refuses(string script, string id) => _engine.Run(script).ExpectError(id);

    [Theory]
    [InlineData("Invoke-OnEachHost none { 1 }")]
    [InlineData("Invoke-OnEachHost -Pool none { 1 }")]
    [InlineData("Invoke-OnEachHost { 1 } -Pool none")]
    [InlineData("'none' | Invoke-OnEachHost { 1 }")]
    [InlineData("'none' | Invoke-OnEachHost -ScriptBlock { 1 }")]
    [InlineData("Get-SlicePool none")]
    [InlineData("Get-SlicePoolMember none")]
    [InlineData("Clear-SlicePool none")]
    [InlineData("Resize-SlicePool none 2")]
    [InlineData("Resize-SlicePool none 2 -WhatIf")]
    [InlineData("Initialize-SlicePool none")]
    [InlineData("Test-SlicePool none")]
    [InlineData("Disconnect-SlicePool none")]
    [InlineData("Get-SlicePoolEvent none")]
    [InlineData("'none' | Get-SliceHost")]
    [InlineData("Invoke-OnEachSlice none { 1 }")]
    [InlineData("Remove-SlicePool none")]
    [InlineData("Remove-SlicePool -Name none")]
    public void An_unknown_pool_is_one_error_that_does_not_end_the_script(string script)
    {
        EngineResult result = _engine.Run(script + "; 'went on'");
        ErrorRecord error = result.ExpectError("PoolNotFound");
        Assert.Null(result.Failure);
        Assert.Equal("went on", Assert.Single(result.Texts));
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("none", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Get-SlicePool no*")]
    [InlineData("Remove-SlicePool -Name no*")]
    [InlineData("@() | Invoke-OnEachHost { 1 }")]
    [InlineData("@() | Remove-SlicePool")]
    [InlineData("@() | Resize-SlicePool -SliceCount 2")]
    [InlineData("@() | Test-SlicePool")]
    [InlineData("@() | Suspend-SliceHost")]
    public void No_match_is_no_error(string script) => Assert.Empty(_engine.Run(script).Expect());

    [Fact]
    public void A_secret_is_named_by_its_position_and_not_shown()
    {
        ErrorRecord error = _engine.Run("""
            $secret = [securestring]::new()
            'hunter2'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            Invoke-OnEachHost none { 1 } -ArgumentList 'a', 'b', $secret
            """).ExpectError("SecretInArgument");
        Assert.Contains("Argument 2", error.ToString());
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void WhatIf_starts_nothing()
    {
        EngineResult result = _engine.Run("New-SlicePool night -Local -SliceCount 3 -WhatIf");
        Assert.Empty(result.Expect());
        Assert.Contains("pool 'night' of 3 x 2 hosts on this machine", result.HostText);
    }

    [Fact]
    public void WhatIf_shows_no_password()
    {
        EngineResult result = _engine.Run("New-SlicePool -Store '127.0.0.1:1,password=hunter2' -HostsPerSlice 2 -WhatIf");
        ErrorRecord error = result.ExpectError("StoreUnreachable");
        Assert.DoesNotContain("hunter2", result.HostText + error);
    }

    [Fact]
    public void Names_of_types_are_completed() =>
        Assert.Equal(
            ["v6e-4", "v6e-8"],
            _engine.Run("""
                $line = 'New-SlicePool -TpuType v6'
                [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
                """).Texts.Where(text => text is "v6e-4" or "v6e-8"));
}
