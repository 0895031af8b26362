namespace Eformer.Pool.HostWorker.Runners;

/// <summary>How a run ended in its runner. Facts only; what they mean for the outcome is the agent's to say.</summary>
internal enum RunnerEndKind
{
    /// <summary>The script came to its end.</summary>
    Completed,

    /// <summary>A terminating error ended it.</summary>
    Threw,

    /// <summary>It called <c>exit</c>, with any code.</summary>
    Exited,

    /// <summary>It was stopped on request, by itself or by killing its runner.</summary>
    Stopped,

    /// <summary>The runner's process ended under it.</summary>
    Died,

    /// <summary>User code never started: the payload or the engine was at fault.</summary>
    NotStarted,
}
