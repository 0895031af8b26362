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
    [InlineData("New-SlicePool -Local -SliceCount 0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -SliceCount -1", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -SliceCount 2,0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -SliceCount @()", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -SliceCount 2,4", "InvalidSize")]
    [InlineData("New-SlicePool -Local -HostsPerSlice 0", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice -3", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -LeaseSec 9", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -LeaseSec 3601", "ParameterArgumentValidationError")]
    [InlineData("New-SlicePool -Local -Store 127.0.0.1:1 -HostsPerSlice 1", "AmbiguousParameterSet")]
    public void New_SlicePool_refuses(string script, string id) => _engine.Run(script).ExpectError(id);

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
        EngineResult result = _engine.Run("New-SlicePool -Store 'h:1,password=hunter2' -HostsPerSlice 2 -WhatIf");
        Assert.DoesNotContain("hunter2", result.HostText);
    }
}
