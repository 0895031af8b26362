using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>A pool as the store keeps it.</summary>
public sealed record PoolModel(string OwnerId, string Owner, long Created, long Expiry, long AttendedUntil)
{
    public ReadOnlyMemory<byte> Keep { get; init; }

    public PoolRecord ToRecord(string name, long now) =>
        new(name, OwnerId, Owner, Created, Expiry - now) { AttendedMs = AttendedUntil - now, Keep = Keep };
}
