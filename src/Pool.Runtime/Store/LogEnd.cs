namespace Eformer.Pool.Store;

/// <summary>An attempt that ends with an entry of a run's log.</summary>
/// <param name="Host">Key of the host in the run.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Outcome">How it ended: what a list tells without opening the log. What counts is the signed entry.</param>
public sealed record LogEnd(string Host, int Attempt, RunOutcome Outcome);
