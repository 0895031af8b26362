namespace Eformer.Pool.Module.Fixture;

/// <summary>Has what is told apart by the constructor.</summary>
public sealed record Shard(string Path, long Length = 0, Shard? Next = null);
