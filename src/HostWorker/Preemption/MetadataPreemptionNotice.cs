using Eformer.Pool.HostWorker.Discovery;

namespace Eformer.Pool.HostWorker.Preemption;

/// <summary>GCE's own announcements: <c>instance/preempted</c>, and maintenance that ends the machine.</summary>
/// <remarks>A spot machine has 30 s from the first to its end; TPU machines get the second, as they cannot be moved while they run.</remarks>
internal sealed class MetadataPreemptionNotice(IHostMetadata metadata) : IPreemptionNotice
{
    public string Source => "the metadata server";

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(5);

    // One after the other: a preemption that has begun must not be overlooked because the second question fails.
    public async Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        Is(await metadata.ReadAsync(MetadataPath.Preempted, cancellationToken), "TRUE") ? "preempted by the provider"
        : Is(await metadata.ReadAsync(MetadataPath.MaintenanceEvent, cancellationToken), "TERMINATE_ON_HOST_MAINTENANCE") ? "host maintenance will end the machine"
        : null;

    private static bool Is(string? text, string value) => string.Equals(text, value, StringComparison.OrdinalIgnoreCase);
}
