namespace Eformer.Pool.Module.Runs;

/// <summary>Something that the pipeline thread has to deal with.</summary>
/// <param name="Run">The run it is about.</param>
/// <param name="Record">A record of it; null when the run could not go on.</param>
/// <param name="Failure">Why it could not; else null.</param>
internal sealed record RunEvent(PoolRun Run, RunRecord? Record, Exception? Failure);
