using System.Security.Cryptography;
using System.Text;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>A runner's process and whatever it started, however far that has run away.</summary>
/// <remarks>
/// A process belongs to the tree when it descends from the runner (who adopts orphans while it lives), is in the
/// runner's session, or carries the runner's id in its environment. Only one that left the session, lost its parents
/// and cleaned its environment escapes; a cgroup would hold that one too.
/// <para>PR_SET_PDEATHSIG is not used on purpose: it would kill a runner before it could take its children along.</para>
/// </remarks>
internal sealed class ProcessTree(int rootPid, string runnerId)
{
    /// <summary>The variable that marks a runner and its children. No secret.</summary>
    public const string MarkerVariable = "EFORMER_RUNNER_ID";

    /// <summary>How the ids of all runners of one agent begin, so that a later life of it finds what an earlier one left.</summary>
    public static string TagOf(string socketDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(socketDirectory))))[..16] + "-";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private readonly long _rootStart = ProcessTable.Read(rootPid)?.StartTicks ?? 0;

    /// <summary>The living processes of the tree.</summary>
    public IReadOnlyList<int> FindAlive()
    {
        IReadOnlyList<ProcessEntry> all = ProcessTable.ReadAll();
        HashSet<int> members = [];
        bool sessionIsOurs = IsSessionOurs(all);
        foreach (ProcessEntry entry in all)
        {
            if ((entry.Pid == rootPid && entry.StartTicks == _rootStart)
                || (sessionIsOurs && entry.Session == rootPid)
                // Looking into an environment is dear, and what is older than the runner can't be of it.
                || (entry.StartTicks >= _rootStart && ProcessTable.HasVariable(entry.Pid, MarkerVariable, runnerId)))
            {
                members.Add(entry.Pid);
            }
        }

        AddDescendants(all, members);
        return [.. all.Where(entry => entry.IsAlive && members.Contains(entry.Pid)).Select(entry => entry.Pid)];
    }

    /// <summary>Kills all of the tree and waits until it is gone.</summary>
    /// <returns>Whether it is gone; false when something outlived <paramref name="patience"/>.</returns>
    public async Task<bool> KillAsync(TimeSpan patience, TimeProvider clock)
    {
        long begun = clock.GetTimestamp();
        // What forks while it is killed is found by the next look.
        while (Signal(NativeMethods.SigKill, except: 0))
        {
            if (clock.GetElapsedTime(begun) > patience)
            {
                return false;
            }

            await Task.Delay(s_pause, clock).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Kills everything but the runner itself, for the runner's own end. Never waits for anything.</summary>
    public void KillOthers()
    {
        // Each round meets only what the round before had time to fork.
        for (int round = 0; round < 5 && Signal(NativeMethods.SigKill, except: rootPid); round++)
        {
        }
    }

    /// <summary>Whether anything but the runner itself lives.</summary>
    public bool HasOthers() => FindAlive().Any(pid => pid != rootPid);

    /// <summary>Asks everything but the runner itself to end. Never waits for anything.</summary>
    /// <returns>Whether there was anything to ask.</returns>
    public bool AskOthersToEnd() => Signal(NativeMethods.SigTerm, except: rootPid);

    private bool Signal(int signal, int except)
    {
        int[] alive = [.. FindAlive().Where(pid => pid != except)];
        foreach (int pid in alive)
        {
            // A failure means that it is gone or becomes visible in the next look.
            _ = NativeMethods.Kill(pid, signal);
        }

        return alive.Length > 0;
    }

    // The number of a session is free for others once all its processes are gone.
    private bool IsSessionOurs(IReadOnlyList<ProcessEntry> all)
    {
        foreach (ProcessEntry entry in all)
        {
            if (entry.Pid == rootPid)
            {
                return entry.StartTicks == _rootStart;
            }
        }

        return true;
    }

    private static void AddDescendants(IReadOnlyList<ProcessEntry> all, HashSet<int> members)
    {
        bool grew;
        do
        {
            grew = false;
            foreach (ProcessEntry entry in all)
            {
                grew |= members.Contains(entry.Parent) && members.Add(entry.Pid);
            }
        }
        while (grew);
    }
}
