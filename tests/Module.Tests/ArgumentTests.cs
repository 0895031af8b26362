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
    [InlineData("Test-SlicePoolStore", "StoreNotGiven")]
    [InlineData("Test-SlicePoolStore 'a:1,abortConnect=false'", "InvalidStore")]
    [InlineData("Test-SlicePoolStore 127.0.0.1:1 -Fleet A", "InvalidName")]
    [InlineData("Start-HostWorker", "StoreNotGiven")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -Fleet A", "InvalidName")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -KeyFile /no/such.json", "KeysNotFound")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:70000 -KeyFile /no/such.json", "InvalidStore")]
    [InlineData("New-SlicePool -Store 127.0.0.1:70000 -HostsPerSlice 1 -KeyFile /no/such.json", "InvalidStore")]
    [InlineData("New-SlicePool -Store 10.0.0.1 -HostsPerSlice 1 -KeyFile /no/such.json", "InsecureTransport")]
    [InlineData("Connect-SlicePool night -Store 127.0.0.1:70000 -KeyFile /no/such.json", "InvalidStore")]
    [InlineData("Get-SlicePoolRun -Store 127.0.0.1:70000 -KeyFile /no/such.json", "InvalidStore")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -Emulate 2x", "ParameterArgumentValidationError")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -WorkerIndex -1", "ParameterArgumentValidationError")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -DeviceCount -1", "ParameterArgumentValidationError")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -Label @{ gpu = 'a', 'b' }", "InvalidLabel")]
    [InlineData("Start-HostWorker -Store 127.0.0.1:1 -Engine perl", "ParameterArgumentValidationError")]
    [InlineData("Stop-HostWorker -Fleet nobodys", "WorkerNotFound")]
    [InlineData("Stop-HostWorker -Fleet A", "InvalidName")]
    [InlineData("Stop-HostWorker -TimeoutSec 0", "ParameterArgumentValidationError")]
    public void Others_refuse(string script, string id) => _engine.Run(script).ExpectError(id);

    [Theory]
    [InlineData("New-SlicePool -HostsPerSlice 1", "-Local")]
    [InlineData("Get-SliceHost", "-Pool")]
    [InlineData("Suspend-SliceHost a", "-Pool")]
    public void Without_a_store_they_tell_what_else_can_be_done(string script, string parameter) => Assert.Contains(
        $" {parameter}.", _engine.Run(script).ExpectError("StoreNotGiven").ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [Theory]
    [InlineData("Connect-SlicePool night")]
    [InlineData("Start-HostWorker")]
    public void What_does_not_help_is_not_recommended(string script) => Assert.EndsWith(
        "EFORMER_STORE.", _engine.Run(script).ExpectError("StoreNotGiven").ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-SliceHost -Store 127.0.0.1:1")]
    [InlineData("Get-SlicePoolDemand -Store 127.0.0.1:1")]
    [InlineData("Get-SlicePoolEvent -Store 127.0.0.1:1")]
    [InlineData("Suspend-SliceHost a -Store 127.0.0.1:1")]
    [InlineData("Resume-SliceHost a -Store 127.0.0.1:1")]
    [InlineData("Test-SlicePoolStore 127.0.0.1:1")]
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
    [InlineData("Invoke-OnEachHost none { $using:x }", "UsingVariableIsUndefined")]
    [InlineData("Invoke-OnEachHost none { & { \"a $($using:x.y[0])\" } }", "UsingVariableIsUndefined")]
    [InlineData("$x = 1; Invoke-OnEachHost none { $using:x.y }", "UsingExpressionFailed")]
    [InlineData("$x = , 1; Invoke-OnEachHost none { $using:x[3] }", "UsingExpressionFailed")]
    [InlineData("$x = { 1 }; Invoke-OnEachHost none { $using:x }", "ScriptBlockInArgument")]
    [InlineData("$x = @{ y = [securestring]::new() }; Invoke-OnEachHost none { $using:x.y }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -InitializationScript { $using:x }", "UsingInInitializationScript")]
    [InlineData("function f { $using:x }; Invoke-OnEachHost none { 1 } -Function f", "UsingInFunction")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList 1, ([securestring]::new())", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([pscredential]::Empty)", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([pscredential]::new('u', [securestring]::new()))", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList @{ a = @{ b = [securestring]::new() } }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList '<SS>no secret</SS>'", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList '<T>System.IO.Stream</T>'", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([IO.FileInfo]::new('/etc/passwd')), ([Exception]::new('x'))", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList { 2 }", "ScriptBlockInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([IO.MemoryStream]::new())", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([Diagnostics.Process]::GetCurrentProcess())", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([Threading.Thread]::CurrentThread)", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList @{ a = , ([IntPtr]::Zero) }", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([pscustomobject]@{ a = [Net.Sockets.TcpClient]::new() })", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ([powershell]::Create())", "LiveObjectInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -InputObject 1, ([Action]{ 2 })", "LiveObjectInArgument")]
    [InlineData("1, [securestring]::new() | Invoke-OnEachHost none { 1 }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList (, [byte[]]::new(200MB))", "PayloadTooLarge")]
    [InlineData("Invoke-OnEachHost none { 1 } -ArgumentList ('x' * 20MB)", "PayloadTooLarge")]
    [InlineData("Invoke-OnEachHost none ([scriptblock]::Create('1' + ' ' * 17MB))", "PayloadTooLarge")]
    [InlineData("Invoke-OnEachHost none -FilePath /no/such/file.ps1", "FileNotFound")]
    [InlineData("Invoke-OnEachHost none -FilePath /", "FileIsFolder")]
    [InlineData("Invoke-OnEachHost none -FilePath env:PATH", "PathNotInFileSystem")]
    [InlineData("Invoke-OnEachHost none -FilePath /proc/self/mem", "FileUnreadable")]
    [InlineData("Invoke-OnEachHost none -FilePath /dev/null", "ScriptEmpty")]
    [InlineData("Invoke-OnEachHost none -FilePath ''", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none -Command ''", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none -Command ' '", "CommandEmpty")]
    [InlineData("Invoke-OnEachHost none { 1 } -Command x", "PositionalParameterNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -FilePath x", "PositionalParameterNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Function Get-Nothing", "FunctionNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Function No-*", "FunctionNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Function Get-Command", "FunctionNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Module NoSuchModule", "ModuleNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Module ./no/such.psm1", "FileNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Module /", "ModuleNotShippable")]
    [InlineData("New-Module made { } | Import-Module; Invoke-OnEachHost none { 1 } -Module made", "ModuleNotShippable")]
    [InlineData("Invoke-OnEachHost none { 1 } -Module Microsoft.PowerShell.Core", "ModuleNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -File /no/such/file", "FileNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -File /no/such/*", "FileNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Distribute", "NothingToDistribute")]
    [InlineData("Invoke-OnEachHost none { 1 } -RunId 'A b'", "InvalidName")]
    [InlineData("Invoke-OnEachHost none { 1 } -RunId ''", "InvalidName")]
    [InlineData("Invoke-OnEachHost none { 1 } -Depth 0", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -Depth 101", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -ThrottleLimit 0", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -ThrottleLimit -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -MaxFailureRetry -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -MaxPreemptionRetry -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -RetryScope Node", "CannotConvertArgumentNoMessage")]
    [InlineData("Invoke-OnEachHost none { 1 } -WhenBusy Ignore", "CannotConvertArgumentNoMessage")]
    [InlineData("Invoke-OnEachHost none { 1 } -TimeoutSec -5", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -HostId -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { }", "PoolNotFound")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ TPU_NAME = 1 }", "ReservedVariable")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ eformer_store = 'x' }", "ReservedVariable")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ 'A=B' = 1 }", "InvalidEnvironment")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ A = $null }", "InvalidEnvironment")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ A = [securestring]::new() }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -Environment @{ A = [pscredential]::new('u', [securestring]::new()) }", "SecretInArgument")]
    [InlineData("Invoke-OnEachHost none { 1 } -TimeoutSec 0", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -Slice -1", "ParameterArgumentValidationError")]
    [InlineData("Invoke-OnEachHost none { 1 } -Isolation Runspaces", "CannotConvertArgumentNoMessage")]
    public void Invoke_OnEachHost_refuses(string script, string id) => _engine.Run(script).ExpectError(id);

    [Theory]
    [InlineData("Invoke-OnEachHost none { 1 }")]
    [InlineData("Invoke-OnEachHost -Pool none { 1 }")]
    [InlineData("Invoke-OnEachHost { 1 } -Pool none")]
    [InlineData("Invoke-OnEachHost ([Collections.ArrayList]@('none')) { 1 }")]
    [InlineData("Invoke-OnEachHost -Pool ([Collections.Generic.List[string]]@('none')) { 1 }")]
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
    [InlineData("Invoke-OnEachHost none -Command hostname")]
    [InlineData("'none' | Invoke-OnEachHost -Command hostname")]
    [InlineData("'none' | Invoke-OnEachHost { 1 } -InputObject 1, 2 -Distribute")]
    [InlineData("1, 2, 3 | Invoke-OnEachHost { $input } -Pool none")]
    [InlineData("1, 2, 3 | Invoke-OnEachHost none { $input } -Distribute")]
    [InlineData("@() | Invoke-OnEachHost none { 1 } -Distribute")]
    [InlineData("1, 2, 3 | Invoke-OnEachSlice -Pool none -Command hostname")]
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
    [InlineData("Invoke-OnEachHost $null { 1 }")]
    [InlineData("Invoke-OnEachHost none $null")]
    [InlineData("'none' | Invoke-OnEachHost $null")]
    [InlineData("Invoke-OnEachSlice $none { 1 }")]
    public void Nothing_where_a_pool_belongs_is_not_blamed_on_the_block_alone(string script) =>
        Assert.Contains("or the pool in front of it, is null", _engine.Run(script).ExpectError("ParameterArgumentValidationError").ToString());

    [Theory]
    [InlineData("-ArgumentList 1, \"a`u{FFFE}\"", "Argument 1 of -ArgumentList")]
    [InlineData("-ArgumentList ([pscustomobject]@{ A = \"`u{FFFF}\" })", "Argument 0 of -ArgumentList")]
    [InlineData("-InputObject 'a', 'b', \"`u{FFFE}\"", "Item 2 of -InputObject")]
    public void A_character_that_cannot_be_sent_is_refused_with_its_place(string sent, string place) =>
        Assert.StartsWith(place, _engine.Run($"Invoke-OnEachHost none {{ 1 }} {sent}").ExpectError("SerializationFailed").ToString());

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

    [Theory]
    [InlineData("-ArgumentList 'a', ([IO.MemoryStream]::new())", "Argument 1 of -ArgumentList holds a MemoryStream")]
    [InlineData("-InputObject 0, 1, 2, 3, 4, { 5 }", "Item 5 of -InputObject holds a script block")]
    [InlineData("-Function Get-Command", "'Get-Command' is no function, but a cmdlet")]
    public void What_cannot_be_sent_is_named(string arguments, string message) =>
        Assert.StartsWith(message, Assert.Single(_engine.Run($"Invoke-OnEachHost none {{ 1 }} {arguments}").Errors).ToString());

    [Theory]
    [InlineData("$x = (1 +", "ScriptUnparsable", "line 1: ")]
    [InlineData("1\n}\n}\n", "ScriptUnparsable", "line 2: ")]
    [InlineData("# nothing\n", "ScriptEmpty", "holds no statement")]
    [InlineData("", "ScriptEmpty", "holds no statement")]
    public void A_file_that_is_no_script_is_told_before_it_is_sent(string text, string id, string message)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            ErrorRecord error = _engine.Run("param($file) Invoke-OnEachHost none -FilePath $file", file).ExpectError(id);
            Assert.Contains(message, error.ToString());
            Assert.Contains(file, error.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("class Holder { $Inner }; $h = [Holder]::new(); $h.Inner = [IO.File]::OpenRead('/dev/null')", "LiveObjectInArgument", "Stream")]
    [InlineData("class Holder { $Inner }; $h = [Holder]::new(); $h.Inner = [Diagnostics.Process]::GetCurrentProcess()", "LiveObjectInArgument", "Process")]
    [InlineData("class Holder { $Inner }; $h = [Holder]::new(); $h.Inner = [securestring]::new()", "SecretInArgument", "SecureString")]
    [InlineData("class Holder { $Inner }; $h = [Holder]::new(); $h.Inner = { 1 }", "ScriptBlockInArgument", "script block")]
    public void What_an_objects_property_holds_is_found_too(string script, string id, string what)
    {
        ErrorRecord error = _engine.Run($"{script}; try {{ Invoke-OnEachHost none {{ 1 }} -ArgumentList 1, $h }} finally {{ ($h.Inner -as [IDisposable])?.Dispose() }}").ExpectError(id);
        Assert.StartsWith("Argument 1 of -ArgumentList holds a", error.ToString());
        Assert.Contains(what, error.ToString());
    }

    [Fact]
    public void A_using_expression_is_named_as_it_is_written()
    {
        Assert.StartsWith("The value of '$using:Nope.a[0]'", _engine.Run("Invoke-OnEachHost none { $using:Nope.a[0] }").ExpectError("UsingVariableIsUndefined").ToString());
        Assert.StartsWith("'$using:b' holds a script block", _engine.Run("$b = { }; Invoke-OnEachHost none { $using:b }").ExpectError("ScriptBlockInArgument").ToString());
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
