namespace Eformer.Pool;

/// <summary>One item that a host gave of its stream.</summary>
/// <param name="Host">Where it came from.</param>
/// <param name="Value">The item.</param>
public sealed record HostItem<T>(HostAddress Host, T Value);
