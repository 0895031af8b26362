namespace Eformer.Pool.Payloads;

/// <summary>A runtime environment on its way: the small things in full, files by their hashes.</summary>
public sealed record EnvironmentManifest
{
    /// <summary>The most that all its files may hold together, in bytes.</summary>
    public const long MaxBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>The most files it may have, folders counted too where they are looked for: the list of them travels with the script.</summary>
    public const int MaxFiles = 50_000;

    /// <summary>SHA-256, hex, over everything in it: two that are the same have the same.</summary>
    public required string Hash { get; init; }

    /// <summary>Functions to define: name to body.</summary>
    public required IReadOnlyDictionary<string, string> Functions { get; init; }

    /// <summary>Modules to import, in this order; paths are those of <see cref="Files"/>.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>Every file, those of modules too, in the order of their paths.</summary>
    public required IReadOnlyList<ShippedFile> Files { get; init; }

    /// <summary>Script to run once in a session; null for none.</summary>
    public required string? InitializationScript { get; init; }
}
