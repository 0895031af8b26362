namespace Eformer.Pool;

/// <summary>Whether the hosts of a slice are ready for work.</summary>
/// <param name="SliceId">Slot of the slice in its pool, from 0.</param>
/// <param name="SliceName">Name of the slice.</param>
/// <param name="HostCount">Number of its hosts.</param>
/// <param name="ReadyCount">Number of those that are ready.</param>
/// <param name="Why">For each host that is not ready, in host order, which it is and why; empty when all are.</param>
public sealed record SliceReadiness(int SliceId, string SliceName, int HostCount, int ReadyCount, string[] Why)
{
    /// <summary>Whether all its hosts are ready.</summary>
    public bool Ready => ReadyCount == HostCount;

    /// <inheritdoc/>
    public override string ToString() =>
        Ready ? $"{SliceName}: ready" : $"{SliceName}: {ReadyCount} of {HostCount} ready ({string.Join("; ", Why)})";

    internal static SliceReadiness From(SliceResult slice) => new(
        slice.SliceId,
        slice.SliceName,
        slice.HostCount,
        slice.SucceededCount,
        [.. slice.Results.Where(host => host.Outcome != RunOutcome.Succeeded).Select(host => $"{host.Host}: {host.Outcome}, {host.Evidence}")]);
}
