using System.Security.Cryptography;
using System.Text;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>A runner's process and whatever it started, however far that has run away.</summary>
/// <remarks>
/// A process belongs to the tree when it descends from the runner (who adopts orphans while it lives), is in the
/// runner's session, carries the runner's id in its environment, or is in its cgroup where there is one. Without, only one
/// that left the session, lost its parents and cleaned its environment escapes.
/// <para>PR_SET_PDEATHSIG is not used on purpose: it would kill a runner before it could take its children along.</para>
/// </remarks>
internal sealed class ProcessTree(int rootPid, string runnerId, RunnerCgroup? cgroup = null)
{
    /// <summary>The variable that marks a runner and its children. No secret.</summary>
    public const string MarkerVariable = "EFORMER_RUNNER_ID";

    /// <summary>How the ids of all runners of one agent begin, so that a later life of it finds what an earlier one left.</summary>
    public static string TagOf(string socketDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(socketDirectory))))[..16] + "-";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private readonly long _rootStart = ProcessTable.Read(rootPid)?.StartTicks ?? 0;

    /// <summary>Looks at all processes.</summary>
    public Func<IReadOnlyList<ProcessEntry>> Look { get; init; } = ProcessTable.ReadAll;

    /// <summary>Kills the runner's own process without a look at the others, for when no look can be taken.</summary>
    public Action KillRoot { get; init; } = static () => { };

    /// <summary>The living processes of the tree.</summary>
    /// <exception cref="IOException">No look can be taken: file descriptors are short.</exception>
    public IReadOnlyList<int> FindAlive()
    {
        IReadOnlyList<ProcessEntry> all = Look();
        HashSet<int> members = [];
        bool sessionIsOurs = IsSessionOurs(all);
        IReadOnlySet<int> group = cgroup?.Members() ?? new HashSet<int>();
        foreach (ProcessEntry entry in all)
        {
            if ((entry.Pid == rootPid && entry.StartTicks == _rootStart)
                || (sessionIsOurs && entry.Session == rootPid)
                || group.Contains(entry.Pid)
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
    /// <returns>Whether it is gone; false when something outlived <paramref name="patience"/>, or nothing could tell.</returns>
    public async Task<bool> KillAsync(TimeSpan patience, TimeProvider clock)
    {
        long begun = clock.GetTimestamp();
        if (cgroup?.Kill() == false)
        {
            KillRoot();
        }

        bool gone = cgroup is null || await cgroup.KillAsync(patience, clock).ConfigureAwait(false);
        // What forks while it is killed is found by the next look.
        while (Signal(NativeMethods.SigKill, except: 0))
        {
            if (clock.GetElapsedTime(begun) > patience)
            {
                return false;
            }

            await Task.Delay(s_pause, clock).ConfigureAwait(false);
        }

        return gone;
    }

    /// <summary>Kills everything, the runner itself at the same moment, where there is a cgroup. Otherwise does nothing.</summary>
    public void KillGroup() => cgroup?.Kill();

    /// <summary>Kills everything but the runner itself, for the runner's own end. Never waits for anything.</summary>
    public void KillOthers()
    {
        // Each round meets only what the round before had time to fork.
        for (int round = 0; round < 5 && Signal(NativeMethods.SigKill, except: rootPid); round++)
        {
        }
    }

    /// <summary>Whether anything but the runner itself lives; true when nothing can tell.</summary>
    public bool HasOthers() => TryFindAlive() is not { } alive || alive.Any(pid => pid != rootPid);

    /// <summary>The living processes, for people.</summary>
    public string Describe() => TryFindAlive() is { } alive ? string.Join(", ", alive) : "unknown, for file descriptors are short";

    /// <summary>Asks everything but the runner itself to end. Never waits for anything.</summary>
    /// <returns>Whether there was anything to ask.</returns>
    public bool AskOthersToEnd() => Signal(NativeMethods.SigTerm, except: rootPid);

    // Whether there was anything to send it to, or nothing can tell.
    private bool Signal(int signal, int except)
    {
        if (TryFindAlive() is not { } all)
        {
            if (except != rootPid)
            {
                KillRoot();
            }

            return true;
        }

        int[] alive = [.. all.Where(pid => pid != except)];
        foreach (int pid in alive)
        {
            // A failure means that it is gone or becomes visible in the next look.
            _ = NativeMethods.Kill(pid, signal);
        }

        return alive.Length > 0;
    }

    private IReadOnlyList<int>? TryFindAlive()
    {
        try
        {
            return FindAlive();
        }
        catch (IOException)
        {
            // Callers go on as if something lived, until a look shows that nothing does.
            return null;
        }
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
