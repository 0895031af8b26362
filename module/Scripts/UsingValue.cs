namespace Eformer.Pool.Module.Scripts;

/// <summary>The value of one <c>$using:</c> expression.</summary>
/// <param name="Key">What the engine looks it up by on the host.</param>
/// <param name="Text">The expression, for messages.</param>
/// <param name="Value">Its value in the caller's scope.</param>
internal sealed record UsingValue(string Key, string Text, object? Value);
