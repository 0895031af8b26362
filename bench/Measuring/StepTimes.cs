using System.Diagnostics;

namespace Eformer.Pool.Bench.Measuring;

/// <summary>How long the steps took that a pool tells of.</summary>
internal sealed class StepTimes : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly Dictionary<string, TimeSpan> _times = [];

    /// <summary>Begins to listen.</summary>
    public StepTimes()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Eformer.Pool",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The times by step, in the order of their first ends; those of one step added up.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Times => _times;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Activity step)
    {
        lock (_times)
        {
            _times[step.OperationName] = _times.GetValueOrDefault(step.OperationName) + step.Duration;
        }
    }
}
