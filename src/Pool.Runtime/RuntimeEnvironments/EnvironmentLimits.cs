namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>How much a runtime environment may hold.</summary>
/// <param name="Bytes">All its files together.</param>
/// <param name="Entries">Its files and folders.</param>
internal sealed record EnvironmentLimits(long Bytes, int Entries)
{
    /// <summary>4 GiB in 50,000 files and folders: the list of them travels with the script.</summary>
    public static EnvironmentLimits Default { get; } = new(4L * 1024 * 1024 * 1024, 50_000);
}
