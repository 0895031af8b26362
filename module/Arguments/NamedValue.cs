namespace Eformer.Pool.Module.Arguments;

/// <summary>A value that is to be sent, and what an error calls it.</summary>
/// <param name="Name">Its name, fit for the start of a sentence.</param>
/// <param name="Value">The value.</param>
internal sealed record NamedValue(string Name, object? Value);
