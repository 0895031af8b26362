namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>What the metadata said of this host. Immutable.</summary>
internal sealed record MetadataAnswers
{
    /// <summary>Of a machine that has none.</summary>
    public static MetadataAnswers None { get; } = new();

    /// <summary>What was asked for and exists, by path.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Why something that was asked for is not known; null when all was answered.</summary>
    public SlicePoolException? Problem { get; init; }

    /// <summary>Asks for everything that discovery uses, at once.</summary>
    public static async Task<MetadataAnswers> ReadAsync(IHostMetadata metadata, CancellationToken cancellationToken)
    {
        (string Path, string? Value, SlicePoolException? Problem)[] answers =
            await Task.WhenAll(MetadataPath.ForDiscovery.Select(path => AskAsync(metadata, path, cancellationToken)));
        return new MetadataAnswers
        {
            Values = answers.Where(answer => answer.Value is { Length: > 0 }).ToDictionary(answer => answer.Path, answer => answer.Value!),
            Problem = answers.FirstOrDefault(answer => answer.Problem is not null).Problem,
        };
    }

    private static async Task<(string Path, string? Value, SlicePoolException? Problem)> AskAsync(
        IHostMetadata metadata, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (path, await metadata.ReadAsync(path, cancellationToken), null);
        }
        catch (SlicePoolException exception)
        {
            return (path, null, exception);
        }
    }
}
