namespace Eformer.Pool.Bench.Driving;

/// <summary>A session in a process of its own that runs one script and ends, as pwsh would.</summary>
internal static class ColdSession
{
    /// <summary>Runs a script.</summary>
    public static int Run(string script)
    {
        using DriverSession session = new();
        session.Run(File.ReadAllText(script));
        return 0;
    }
}
