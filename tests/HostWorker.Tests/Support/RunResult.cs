using Eformer.Pool.HostWorker.Runners;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>What came of one run.</summary>
internal sealed class RunResult
{
    public List<(RecordKind Kind, object? Value)> Records { get; } = [];

    public RunnerEnd End { get; set; } = null!;

    public bool Started { get; set; }

    public TimeSpan Elapsed { get; set; }

    public IReadOnlyList<object?> Output => Of(RecordKind.Output);

    public IReadOnlyList<object?> Of(RecordKind kind) => [.. Records.Where(record => record.Kind == kind).Select(record => record.Value)];
}
