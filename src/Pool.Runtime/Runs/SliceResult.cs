namespace Eformer.Pool;

/// <summary>What one slice made of a run.</summary>
public sealed class SliceResult
{
    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public required int SliceId { get; init; }

    /// <summary>Name of the slice.</summary>
    public required string SliceName { get; init; }

    /// <summary>The results of its hosts, in host order; at least one.</summary>
    public required HostResult[] Results { get; init; }

    /// <summary>Number of its hosts that ran.</summary>
    public int HostCount => Results.Length;

    /// <summary>Number of its hosts that succeeded.</summary>
    public int SucceededCount => Results.Count(host => host.Outcome == RunOutcome.Succeeded);

    /// <summary>Whether all of its hosts succeeded.</summary>
    public bool Succeeded => SucceededCount == HostCount;

    /// <summary>Whether any of its hosts wrote to the error stream.</summary>
    public bool HadErrors => Results.Any(host => host.HadErrors);

    /// <summary>The objects of the output streams, in host order.</summary>
    public object?[] Output => [.. Results.SelectMany(host => host.Output)];

    /// <summary>How long user code ran on the host where it took longest.</summary>
    public TimeSpan Duration => Results.Max(host => host.Duration);

    /// <summary>Groups results that are in slot and host order.</summary>
    public static IReadOnlyList<SliceResult> Group(IReadOnlyList<HostResult> results) =>
        [.. results.GroupBy(host => (host.SliceId, host.SliceName)).Select(slice => new SliceResult
        {
            SliceId = slice.Key.SliceId,
            SliceName = slice.Key.SliceName,
            Results = [.. slice],
        })];

    /// <inheritdoc/>
    public override string ToString() => $"{SliceName}: {SucceededCount} of {HostCount} succeeded";
}
