using Eformer.Pool.HostWorker.Runners.Containment;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Ends runners that an agent left behind when it died, with all they started.</summary>
/// <remarks>A runner ends by itself when its agent's socket closes; this is for the one that could not.</remarks>
internal static class LeftoverRunners
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // Longer than any runner takes from the making of its cgroup until it is in.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    /// <exception cref="SlicePoolException"><c>HostNotClear</c>: something of an earlier lease cannot be ended.</exception>
    public static async Task EndAsync(string socketFolder, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (RunnerCgroup group in RunnerCgroup.FindAll(ProcessTree.TagOf(socketFolder)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await group.KillAsync(s_patience, clock))
            {
                throw NotClear($"Something in '{group.Path}', of an earlier lease, cannot be ended.", group.Path);
            }
        }

        RunnerCgroup.RemoveAbandoned(clock.GetUtcNow() - s_abandoned);
        foreach ((int pid, string runnerId) in Find(socketFolder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await new ProcessTree(pid, runnerId).KillAsync(s_patience, clock))
            {
                throw NotClear($"Process {pid} of an earlier lease cannot be ended.", pid);
            }
        }

        foreach (string socket in Directory.EnumerateFiles(socketFolder))
        {
            File.Delete(socket);
        }
    }

    private static SlicePoolException NotClear(string message, object what) =>
        new("HostNotClear", PoolErrorCategory.ResourceBusy, message, "It hangs in the kernel; restart this machine, then the agent.", what);

    // The mark is inherited by everything a runner starts, so children that outlived their runner are found as well.
    private static IEnumerable<(int Pid, string RunnerId)> Find(string socketFolder)
    {
        string mark = $"{ProcessTree.MarkerVariable}={ProcessTree.TagOf(socketFolder)}";
        foreach (ProcessEntry process in ProcessTable.ReadAll())
        {
            string? id = Array.Find(ProcessTable.ReadVariables(process.Pid), variable => variable.StartsWith(mark, StringComparison.Ordinal));
            if (id is not null)
            {
                yield return (process.Pid, id[(ProcessTree.MarkerVariable.Length + 1)..]);
            }
        }
    }
}
