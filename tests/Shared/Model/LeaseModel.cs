using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>A lease as the store keeps it.</summary>
public sealed record LeaseModel(long Epoch, string Generation, LeaseGrant Grant, long Expiry, long Renewals)
{
    public LeaseRecord ToRecord(string id, long now) => new(id, Epoch, Generation, Grant, Renewals, Expiry - now);
}
