using System.Management.Automation;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Holds a script before its next statement, so that it does not go on when a command it waits for ends.</summary>
/// <remarks>As a debugger does; for commands that run, and for compiled code, nothing changes.</remarks>
internal sealed class PipelineBrake : IDisposable
{
    private readonly Debugger _debugger;
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PipelineBrake(Debugger debugger)
    {
        _debugger = debugger;
        _debugger.DebuggerStop += Hold;
        _debugger.SetDebuggerStepMode(true);
    }

    /// <summary>Holds a script from here on; null where no debugger may be used.</summary>
    public static PipelineBrake? TryHold(Debugger? debugger)
    {
        try
        {
            return debugger is null ? null : new PipelineBrake(debugger);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            // The script has turned it off or uses it itself: it may get a statement further than it should.
            return null;
        }
    }

    /// <summary>Completes when it is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Ends the script where it is held, or does not hold it any more.</summary>
    public void Dispose()
    {
        _debugger.SetDebuggerStepMode(false);
        _debugger.DebuggerStop -= Hold;
        _released.Set();
    }

    // Called on the script's own thread. Ending it here leaves the engine's own stop no statement to miss; what the script
    // does in the end (finally) is not held.
    private void Hold(object? sender, DebuggerStopEventArgs stop)
    {
        bool first = _held.TrySetResult();
        _released.Wait();
        stop.ResumeAction = first ? DebuggerResumeAction.Stop : DebuggerResumeAction.Continue;
    }
}
