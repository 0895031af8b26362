namespace Eformer.Pool.HostWorker.Functions;

/// <summary>
/// Keeps threads for the agent. Functions that block hold threads of the pool, which makes new ones slowly: the agent's heartbeats must not
/// wait for that. Thread-safe.
/// </summary>
internal static class FunctionThreads
{
    // Beyond this many calls at a time new threads come as slowly as they do elsewhere: those that only wait need none, and are more.
    private const int MostCalls = 256;
    private static readonly Lock s_gate = new();
    private static readonly (int Workers, int Completion) s_usual = Usual();
    private static int s_calls;
    private static int s_extra;

    /// <summary>To be called before a function is.</summary>
    public static void Enter()
    {
        int calls = Interlocked.Increment(ref s_calls);
        if (calls > Volatile.Read(ref s_extra) && calls <= MostCalls)
        {
            Raise(calls);
        }
    }

    /// <summary>To be called when it has ended.</summary>
    public static void Leave() => Interlocked.Decrement(ref s_calls);

    // Never lowered: threads that are not needed end by themselves.
    private static void Raise(int calls)
    {
        lock (s_gate)
        {
            if (calls > s_extra && ThreadPool.SetMinThreads(s_usual.Workers + calls, s_usual.Completion))
            {
                s_extra = calls;
            }
        }
    }

    private static (int Workers, int Completion) Usual()
    {
        ThreadPool.GetMinThreads(out int workers, out int completion);
        return (workers, completion);
    }
}
