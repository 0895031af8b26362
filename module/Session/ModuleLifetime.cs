using System.Management.Automation;

namespace Eformer.Pool.Module.Session;

/// <summary>Sees to it that no pool outlives the session that made it.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static int s_imported;

    /// <inheritdoc/>
    public void OnImport()
    {
        // Runs for every import in every session of the process; the process ends once.
        if (Interlocked.Exchange(ref s_imported, 1) == 0)
        {
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => SessionPools.CloseProcess();
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionPools.CloseSession();
}
