namespace Eformer.Pool;

/// <summary>What a host said through its <see cref="IProgress{T}"/>.</summary>
/// <param name="Host">Where.</param>
/// <param name="Value">What it said.</param>
public sealed record HostReport<T>(HostAddress Host, T Value);
