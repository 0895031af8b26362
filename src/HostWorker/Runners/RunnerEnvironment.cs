using System.Diagnostics;

namespace Eformer.Pool.HostWorker.Runners;

/// <summary>What a runner's process inherits from its agent.</summary>
internal static class RunnerEnvironment
{
    /// <summary>Turns the runtime's diagnostics off; meant for the runner alone, not for what it starts.</summary>
    public const string RuntimeDiagnosticsVariable = "DOTNET_EnableDiagnostics";

    /// <summary>Removes what is the agent's own business or a secret, and whatever would spoil the runner.</summary>
    public static void Clean(ProcessStartInfo start)
    {
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (ReservedVariables.IsOwn(name) || IsSecret(name) || IsDiagnostics(name))
            {
                start.Environment.Remove(name);
            }
        }

        // Sockets and pipes for debuggers would be left in the temporary folder by every runner that is killed.
        start.Environment[RuntimeDiagnosticsVariable] = "0";
        start.Environment["POWERSHELL_DIAGNOSTICS_OPTOUT"] = "1";
    }

    /// <summary>Whether a variable's name says that it holds a secret.</summary>
    public static bool IsSecret(string name) => name.EndsWith("_PASSWORD", StringComparison.OrdinalIgnoreCase);

    // A diagnostics port or startup hook meant for the agent would stop or change every runner.
    private static bool IsDiagnostics(string name) => name is "DOTNET_DiagnosticPorts" or "DOTNET_STARTUP_HOOKS" or "NOTIFY_SOCKET" or "WATCHDOG_PID";
}
