namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A local pool of two slices with four hosts each, as <c>$pool</c> of a session; shared by the tests of a class.</summary>
public sealed class LocalPool : IDisposable
{
    public LocalPool()
    {
        Engine.Run("$pool = New-SlicePool -Local -SliceCount 2 -HostsPerSlice 4").Expect();
        Folder = Assert.Single(PoolProcesses.FoldersOf(Environment.ProcessId));
    }

    internal Engine Engine { get; } = new();

    /// <summary>The temporary folder of its processes.</summary>
    public string Folder { get; }

    /// <summary>True in a script on one of the eight hosts.</summary>
    internal const string IsHost12 = "$env:EXECUTOR_CALL_SLICE -eq 1 -and $env:TPU_HOST_ID -eq 2";

    internal EngineResult Run(string script, params object?[] arguments) => Engine.Run(script, arguments);

    public void Dispose()
    {
        Engine.Run("$pool | Remove-SlicePool").Expect();
        Engine.Dispose();
        Assert.Empty(PoolProcesses.Using(Folder));
        Assert.False(Directory.Exists(Folder));
    }
}
