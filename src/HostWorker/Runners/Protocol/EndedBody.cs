namespace Eformer.Pool.HostWorker.Runners.Protocol;

/// <summary>The facts of a run's end, as its runner saw them.</summary>
internal sealed record EndedBody
{
    /// <summary>The engine or the payload failed before user code started.</summary>
    public bool NotStarted { get; init; }

    /// <summary>A terminating error ended it.</summary>
    public bool Threw { get; init; }

    /// <summary>It ended because it was told to stop.</summary>
    public bool Stopped { get; init; }

    /// <summary>It wrote at least one error, or threw.</summary>
    public bool HadErrors { get; init; }

    /// <summary>The code it called <c>exit</c> with, if it did.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it did not start, or what it threw.</summary>
    public string? Message { get; init; }
}
