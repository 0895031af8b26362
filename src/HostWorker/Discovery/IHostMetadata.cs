namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>What the provider of the machine tells about it. The one seam to a cloud. Thread-safe.</summary>
internal interface IHostMetadata
{
    /// <summary>Reads one entry.</summary>
    /// <param name="path">Below <c>computeMetadata/v1/</c>, such as <c>instance/preempted</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Its text without white space around it; null when there is no such entry.</returns>
    /// <exception cref="SlicePoolException"><c>MetadataUnavailable</c>: it did not answer, or not as it should.</exception>
    Task<string?> ReadAsync(string path, CancellationToken cancellationToken);
}
