namespace Eformer.Pool.Leases;

/// <summary>The highest right a host ever accepted. Kept on the host's disk, because only the host cannot be deceived about it.</summary>
/// <param name="Epoch">The epoch; 0 before the first lease.</param>
/// <param name="LeaseId">The lease of that epoch.</param>
/// <param name="Generation">The store generation that granted it.</param>
/// <param name="Held">Whether it is held still; once ended it never is again.</param>
public sealed record Fence(long Epoch, string LeaseId, string Generation, bool Held)
{
    /// <summary>A host that never held a lease.</summary>
    public static Fence None { get; } = new(0, "", "", false);

    /// <summary>Whether a grant may be accepted: only a higher epoch, or the identical lease while it is held.</summary>
    public bool Accepts(string leaseId, long epoch) =>
        epoch > Epoch ? !Held : epoch == Epoch && Held && LeaseId == leaseId;

    /// <summary>Whether a command's right is the one that is held.</summary>
    public bool Allows(string leaseId, long epoch) => Held && epoch == Epoch && LeaseId == leaseId;

    /// <summary>The fence after the lease ended.</summary>
    public Fence Ended() => this with { Held = false };
}
