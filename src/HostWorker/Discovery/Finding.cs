namespace Eformer.Pool.HostWorker.Discovery;

/// <summary>Something that was found out, and who said it.</summary>
/// <param name="Value">What; never empty.</param>
/// <param name="Source">The flag, variable or metadata entry that says so, for messages.</param>
internal sealed record Finding(string Value, string Source);
