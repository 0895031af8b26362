namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Something that a cache may remove.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="UsedUtc">When it was last used.</param>
/// <param name="TryRemove">Removes it; false when somebody uses it.</param>
internal sealed record CacheEntry(string Path, long Bytes, DateTime UsedUtc, Func<bool> TryRemove);
