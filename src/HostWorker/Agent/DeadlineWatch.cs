namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Looks at the leases' deadlines on a thread of its own, which a starved thread pool cannot delay.</summary>
internal sealed class DeadlineWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);
    private readonly ManualResetEvent _end = new(initialState: false);
    private readonly Thread _thread;

    public DeadlineWatch(Action check)
    {
        _thread = new Thread(() => Run(check)) { IsBackground = true, Name = "lease deadlines" };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Run(Action check)
    {
        while (!_end.WaitOne(s_period))
        {
            check();
        }
    }
}
