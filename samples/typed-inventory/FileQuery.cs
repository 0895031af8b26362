namespace Eformer.Pool.Samples.TypedInventory;

/// <summary>Which files are meant.</summary>
public sealed record FileQuery
{
    /// <summary>Names, with wildcards.</summary>
    public string Filter { get; init; } = "*";

    /// <summary>Whether folders in the folder are looked into.</summary>
    public bool Recurse { get; init; }

    /// <summary>Files smaller than this do not count, in bytes.</summary>
    public long MinBytes { get; init; }

    /// <summary>Among how many hosts of a slice the files are shared; null when every host takes all.</summary>
    public int? ShardOf { get; init; }
}
