using System.Management.Automation.Runspaces;
using Eformer.Pool.HostWorker.Engines;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>What a new runspace starts with.</summary>
internal static class SessionStateFactory
{
    /// <summary>Makes the state of a runspace whose scripts run on the thread that starts them.</summary>
    public static InitialSessionState Create(EngineKind engine)
    {
        // CreateDefault needs assemblies that only pwsh itself has.
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        return state;
    }
}
