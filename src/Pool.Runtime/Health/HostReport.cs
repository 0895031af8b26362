namespace Eformer.Pool;

/// <summary>How one host of a pool does: state, why, since when.</summary>
public sealed record HostReport
{
    /// <summary>Slot of its slice.</summary>
    public required int SliceId { get; init; }

    /// <summary>Name of its slice.</summary>
    public required string SliceName { get; init; }

    /// <summary>Index in its slice.</summary>
    public required int HostId { get; init; }

    /// <summary>Key of the host in its fleet.</summary>
    public required string Host { get; init; }

    /// <summary>Identity of the machine.</summary>
    public required string Node { get; init; }

    /// <summary>Its state.</summary>
    public required HostHealthState State { get; init; }

    /// <summary>Whether it can do work: healthy, busy or suspended.</summary>
    public bool Healthy => State is HostHealthState.Healthy or HostHealthState.Busy or HostHealthState.Suspended;

    /// <summary>The fact behind the state; empty when it is healthy.</summary>
    public required string Why { get; init; }

    /// <summary>Since when it is in this state, local time; when that was first seen where the host has not said.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Load average of its machine; null when it has not said.</summary>
    public double? Load1 { get; init; }

    /// <summary>Free memory of its machine in MiB; null when it has not said.</summary>
    public long? FreeMemoryMb { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SliceName}/{HostId}: {State}{(Why.Length > 0 ? $" ({Why})" : "")}";
}
