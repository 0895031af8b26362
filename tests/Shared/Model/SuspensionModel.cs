using Eformer.Pool.Store;

namespace Eformer.Pool.Testing.Model;

/// <summary>A wish to keep placements off a host as the store keeps it.</summary>
public sealed record SuspensionModel(string By, string Reason, long Since, long? Deadline)
{
    public HostSuspension ToRecord(long now) => new(By, Reason, Since, Deadline - now);
}
