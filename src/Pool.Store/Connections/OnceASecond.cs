namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Lets something be done once at a time and once a second at most, however many ask for it. Thread-safe.</summary>
internal sealed class OnceASecond(TimeProvider time)
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);
    private long _done;
    private int _doing;

    /// <summary>Does it, unless it is being done or has just been.</summary>
    public async Task TryAsync(Func<Task> what)
    {
        if (Interlocked.Exchange(ref _doing, 1) != 0)
        {
            return;
        }

        try
        {
            if (time.GetElapsedTime(_done) > s_between)
            {
                try
                {
                    await what();
                }
                finally
                {
                    _done = time.GetTimestamp();
                }
            }
        }
        finally
        {
            Volatile.Write(ref _doing, 0);
        }
    }
}
