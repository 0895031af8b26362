namespace Eformer.Pool.HostWorker.Runners;

/// <summary>Where an attempt runs.</summary>
internal interface IRunPlace
{
    /// <summary>Runs a script, or a function, to its end. Nothing that user code does throws here.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="onRecord">Takes each record: its kind and its bytes, valid during the call. Slows user code down while it waits.</param>
    /// <param name="onStarted">Called when user code starts.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>How it ended.</returns>
    Task<RunnerEnd> RunAsync(RunnerJob job, Func<RecordKind, ReadOnlyMemory<byte>, ValueTask> onRecord, Action onStarted, CancellationToken stop);
}
