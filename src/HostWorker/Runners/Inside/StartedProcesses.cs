using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.Time;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The processes that a run has started, and what those started.</summary>
internal sealed class StartedProcesses
{
    // The kernel counts the starts of processes in hundredths of a second since boot, for everyone who asks.
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    private readonly long _since = (long)(BootClock.Instance.GetTimestamp() / (double)BootClock.Instance.TimestampFrequency * TicksPerSecond);

    /// <summary>Those that live; none when the script has left no file descriptor to look with. The agent then ends them.</summary>
    public IReadOnlyList<ProcessEntry> Find()
    {
        try
        {
            return [.. ProcessTable.DescendantsOf(Environment.ProcessId).Where(entry => entry.IsAlive && entry.StartTicks >= _since)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Asks processes to end, as <c>kill</c> does.</summary>
    public static void AskToEnd(IReadOnlyList<ProcessEntry> processes)
    {
        foreach (ProcessEntry entry in processes)
        {
            // A failure means that it has just ended.
            _ = NativeMethods.Kill(entry.Pid, NativeMethods.SigTerm);
        }
    }

    /// <summary>Waits until processes have ended, or somebody does not want to wait any more.</summary>
    public static async Task WaitAsync(IReadOnlyList<ProcessEntry> processes, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested && processes.Any(IsAlive))
        {
            await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // A number can be another process's by now; that one was started later.
    private static bool IsAlive(ProcessEntry entry)
    {
        try
        {
            return ProcessTable.Read(entry.Pid) is { IsAlive: true } now && now.StartTicks == entry.StartTicks;
        }
        catch (IOException)
        {
            // Nothing tells; whoever waits does so for a limited time.
            return true;
        }
    }
}
