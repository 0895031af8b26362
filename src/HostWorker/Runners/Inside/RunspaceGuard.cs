using System.Management.Automation.Runspaces;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Ends the process when what runs in a runspace closes that.</summary>
/// <remarks>The engine waits then until everything in the runspace has ended, and the script that closes it waits for the engine: for ever.</remarks>
internal sealed class RunspaceGuard : IDisposable
{
    private readonly Runspace _runspace;

    /// <summary>Watches a runspace while a run is in it.</summary>
    public RunspaceGuard(Runspace runspace)
    {
        _runspace = runspace;
        _runspace.StateChanged += EndIfClosed;
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.StateChanged -= EndIfClosed;

    // On the thread that closes it, before anything else is done about that. What was written goes out on the way.
    private static void EndIfClosed(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State == RunspaceState.Closing)
        {
            Console.Error.WriteLine("The script closed the runspace that it ran in, and with it the engine.");
            Environment.Exit(ExitCodes.EngineClosed);
        }
    }
}
