namespace Eformer.Pool.Envelopes;

/// <summary>One record of a batch.</summary>
/// <param name="Host">Key of the host it comes from, as <see cref="Runs.RunHost"/> makes it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Length of its data in bytes.</param>
/// <param name="Partial">Whether its data go on in the next item of the same host and kind.</param>
/// <param name="Attempt">Number of the attempt it is of, from 1.</param>
/// <param name="End">How the attempt ended, for ends.</param>
public sealed record ResultItem(string Host, RecordKind Kind, int Length, bool Partial, int Attempt, AttemptEnd? End);
