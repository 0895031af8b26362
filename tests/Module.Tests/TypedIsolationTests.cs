using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>A cmdlet of a remote function, as the generator makes it, that runs where <c>-Isolation</c> says.</summary>
[Collection(LocalPoolGroup.Name)]
public sealed class TypedIsolationTests : IDisposable
{
    private readonly LocalPool _local;

    public TypedIsolationTests(LocalPool local)
    {
        _local = local;
        local.Run("param($Fixture) Import-Module $Fixture", Places.Fixture).Expect();
    }

    public void Dispose() => _local.Run("Remove-Module Module.Fixture").Expect();

    [Fact]
    public void Each_call_has_a_process_of_its_own_with_Process()
    {
        string[] processes = [Call("Process"), Call("Process"), Call("Session"), Call("InProcess")];
        Assert.Equal(processes, processes.Distinct());
    }

    [Fact]
    public void Calls_share_the_session_and_the_agent()
    {
        Assert.Equal(Call("Session"), Call("Session"));
        Assert.Equal(Call("InProcess"), Call("InProcess"));
        Assert.Equal(Call("InProcess"), Assert.Single(_local.Run("$pool | Get-CallProcess -Slice 0 -HostId 0").Texts));
    }

    private string Call(string isolation) => Assert.Single(_local.Run($"$pool | Get-CallProcess -Slice 0 -HostId 0 -Isolation {isolation}").Texts);
}
