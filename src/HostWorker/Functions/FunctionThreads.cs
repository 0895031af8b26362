namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// Keeps threads for the agent. Functions that block hold threads of the pool, which makes new ones slowly: the agent's heartbeats must not
/// wait for that. Thread-safe.
/// </summary>
internal static class FunctionThreads
{
    // Beyond this many functions that block, new threads come as slowly as they do elsewhere.
    private const int MostHeld = 1024;
    private static readonly Lock s_gate = new();
    private static readonly int s_usual = UsualThreads();
    private static int s_held;
    private static int s_extra;

    /// <summary>To be called on a thread that is about to run a function.</summary>
    public static void Enter()
    {
        int held = Interlocked.Increment(ref s_held);
        if (held > Volatile.Read(ref s_extra) && held <= MostHeld)
        {
            Raise(held);
        }
    }

    /// <summary>To be called when it is back.</summary>
    public static void Leave() => Interlocked.Decrement(ref s_held);

    private static void Raise(int held)
    {
        lock (s_gate)
        {
            if (held > s_extra && ThreadPool.SetMinThreads(s_usual + held, CompletionThreads()))
            {
                s_extra = held;
            }
        }
    }

    private static int UsualThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out _);
        return workers;
    }

    private static int CompletionThreads()
    {
        ThreadPool.GetMinThreads(out _, out int completion);
        return completion;
    }
}
