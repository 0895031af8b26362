using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Engines.Commands;

namespace Eformer.Pool.HostWorker.Engines;

/// <summary>Opens runspaces that are alike on every engine.</summary>
internal static class EngineRunspace
{
    /// <summary>Opens a runspace whose scripts run on the thread that starts them.</summary>
    public static Runspace Open(EngineKind engine, PSHost host)
    {
        // CreateDefault needs assemblies that only pwsh itself has.
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        if (engine == EngineKind.Embedded)
        {
            EmbeddedCommands.AddTo(state);
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        return runspace;
    }
}
