namespace Eformer.Pool.Module.Fixture;

/// <summary>A function that really runs on hosts.</summary>
public static partial class Processes
{
    /// <summary>Tells the process that it runs in.</summary>
    [RemoteFunction(Cmdlet = "Get-CallProcess")]
    public static int Current() => Environment.ProcessId;
}
