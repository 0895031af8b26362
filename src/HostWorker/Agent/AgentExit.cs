namespace Eformer.Pool.HostWorker.Agent;

/// <summary>How an agent tells its starter that it is ready, and why it ended.</summary>
internal sealed class AgentExit
{
    /// <summary>Ended because it was told to.</summary>
    public const int Done = 0;

    /// <summary>Ended because it cannot serve: keys, names, fence or another agent; the log says which.</summary>
    public const int Refused = 3;

    /// <summary>Ended because of a defect; the log has its trace.</summary>
    public const int Broken = 70;

    private int _said;

    public int Code { get; set; } = Done;

    /// <summary>Whether the state folder was ours, so that it may be removed.</summary>
    public bool OwnsState { get; set; }

    /// <summary>Says once, on standard output, that the hosts are registered.</summary>
    public void SayReady()
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            Console.Out.WriteLine("ready");
            Console.Out.Flush();
        }
    }
}
