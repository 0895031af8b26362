using Eformer.Pool.HostWorker.Runners.Containment;
using Eformer.Pool.Time;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>The processes that a run has started, and what those started.</summary>
/// <param name="root">The process that starts them for it.</param>
internal sealed class StartedProcesses(int root)
{
    // The kernel counts the starts of processes in hundredths of a second since boot, for everyone who asks.
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    private readonly long _since = Ticks();

    /// <summary>Those that live; none when the script has left no file descriptor to look with. The agent then ends them.</summary>
    public IReadOnlyList<ProcessEntry> Find()
    {
        try
        {
            return [.. ProcessTable.DescendantsOf(root).Where(entry => entry.IsAlive && entry.StartTicks >= _since)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Asks processes to end, as <c>kill</c> does, and what the run had started before that and was not seen yet.</summary>
    /// <remarks>What is started later is part of how they end, as what a trap of a shell starts, and is left alone.</remarks>
    /// <returns>All that were asked.</returns>
    public async Task<IReadOnlyList<ProcessEntry>> AskToEndAsync(IReadOnlyList<ProcessEntry> found)
    {
        // At the beginning of one of the kernel's ticks: so nearly everything that has a start of that tick was started afterwards.
        long tick = AwaitTick();
        AskToEnd(found);
        await Task.Delay(s_pause, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        HashSet<int> asked = [.. found.Select(entry => entry.Pid)];
        ProcessEntry[] later = [.. Find().Where(entry => entry.StartTicks < tick && !asked.Contains(entry.Pid))];
        AskToEnd(later);
        return [.. found, .. later];
    }

    private static long Ticks() => (long)(BootClock.Instance.GetTimestamp() / (double)BootClock.Instance.TimestampFrequency * TicksPerSecond);

    private static long AwaitTick()
    {
        long last = Ticks();
        SpinWait.SpinUntil(() => Ticks() > last);
        return Ticks();
    }

    private static void AskToEnd(IEnumerable<ProcessEntry> processes)
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
