namespace Eformer.Pool.Samples;

/// <summary>What is known of a process of the pool.</summary>
/// <param name="ProcessId">Its id while it runs.</param>
/// <param name="CommandLine">What was started.</param>
/// <param name="Started">When.</param>
public sealed record ProcessInfo(int ProcessId, string CommandLine, DateTimeOffset Started);
