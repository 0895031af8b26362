namespace Eformer.Pool.HostWorker.Tests.Script;

internal sealed record ScriptResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output that hold anything.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
