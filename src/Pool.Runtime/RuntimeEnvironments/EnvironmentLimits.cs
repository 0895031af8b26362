using Eformer.Pool.Payloads;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>How much a runtime environment may hold.</summary>
/// <param name="Bytes">All its files together.</param>
/// <param name="Entries">Its files and folders.</param>
internal sealed record EnvironmentLimits(long Bytes, int Entries)
{
    /// <summary>What hosts accept.</summary>
    public static EnvironmentLimits Default { get; } = new(EnvironmentManifest.MaxBytes, EnvironmentManifest.MaxFiles);
}
