namespace Eformer.Pool;

/// <summary>Where a result came from. Prints and compares as <c>slice/host</c>.</summary>
public sealed class HostAddress : IEquatable<HostAddress>, IComparable<HostAddress>, IComparable
{
    /// <summary>Makes an address.</summary>
    /// <param name="sliceName">Name of the slice.</param>
    /// <param name="sliceId">Slot of the slice in its pool, from 0.</param>
    /// <param name="hostId">Index of the host in its slice, from 0.</param>
    /// <param name="node">Identity of the machine.</param>
    /// <param name="runId">The run the result belongs to, or empty.</param>
    public HostAddress(string sliceName, int sliceId, int hostId, string node, string runId = "")
    {
        SliceName = sliceName;
        SliceId = sliceId;
        HostId = hostId;
        Node = node;
        RunId = runId;
    }

    /// <summary>Name of the slice.</summary>
    public string SliceName { get; }

    /// <summary>Slot of the slice in its pool, from 0.</summary>
    public int SliceId { get; }

    /// <summary>Index of the host in its slice, from 0.</summary>
    public int HostId { get; }

    /// <summary>Identity of the machine.</summary>
    public string Node { get; }

    /// <summary>The run the result belongs to, or empty.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{SliceName}/{HostId}";

    /// <inheritdoc/>
    public bool Equals(HostAddress? other) =>
        other is not null && HostId == other.HostId && string.Equals(SliceName, other.SliceName, StringComparison.Ordinal);

    /// <summary>Equal to another address of the same slice and host, or to its text <c>slice/host</c>.</summary>
    public override bool Equals(object? obj) =>
        obj is HostAddress other ? Equals(other)
        : obj is string text && string.Equals(ToString(), text, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>Orders by slot, then by host.</summary>
    public int CompareTo(HostAddress? other)
    {
        if (other is null)
        {
            return 1;
        }

        int bySlice = SliceId.CompareTo(other.SliceId);
        return bySlice != 0 ? bySlice : HostId.CompareTo(other.HostId);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) =>
        obj is HostAddress other ? CompareTo(other) : string.CompareOrdinal(ToString(), obj?.ToString());

    /// <summary>Same slice and host.</summary>
    public static bool operator ==(HostAddress? left, HostAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Not the same slice and host.</summary>
    public static bool operator !=(HostAddress? left, HostAddress? right) => !(left == right);

    /// <summary>Earlier in slot and host order.</summary>
    public static bool operator <(HostAddress left, HostAddress right) => left.CompareTo(right) < 0;

    /// <summary>Later in slot and host order.</summary>
    public static bool operator >(HostAddress left, HostAddress right) => left.CompareTo(right) > 0;

    /// <summary>Not later in slot and host order.</summary>
    public static bool operator <=(HostAddress left, HostAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in slot and host order.</summary>
    public static bool operator >=(HostAddress left, HostAddress right) => left.CompareTo(right) >= 0;
}
