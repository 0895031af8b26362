namespace Eformer.Pool.Bench.Measuring;

/// <summary>Works that share what they need, which is there until this is disposed of.</summary>
internal interface IWorks : IAsyncDisposable
{
    /// <summary>The works.</summary>
    IReadOnlyList<Work> Works { get; }

    /// <summary>Ends what was started for works with <see cref="Work.Repetitions"/>, when all have been measured: it would disturb what comes next.</summary>
    ValueTask RestAsync() => ValueTask.CompletedTask;
}
