using Eformer.Pool.HostWorker.Runners.Protocol;

namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>A run between the thread that reads frames and the one that runs scripts. Thread-safe.</summary>
internal sealed class RunJob(RunBody body)
{
    private readonly Lock _gate = new();
    private Action? _stop;

    /// <summary>What to run.</summary>
    public RunBody Body => body;

    /// <summary>What the run starts.</summary>
    public StartedProcesses Started { get; } = new(Environment.ProcessId);

    /// <summary>Whether a stop was asked for.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>Asks for a stop, now or as soon as there is something to stop.</summary>
    public void RequestStop()
    {
        lock (_gate)
        {
            StopRequested = true;
            _stop?.Invoke();
        }
    }

    /// <summary>Says how the run can be stopped from here on; null when it can't any more.</summary>
    public void Attach(Action? stop)
    {
        lock (_gate)
        {
            _stop = stop;
            if (StopRequested)
            {
                stop?.Invoke();
            }
        }
    }
}
