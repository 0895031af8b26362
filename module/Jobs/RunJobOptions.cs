using Eformer.Pool.Module.Binding;

namespace Eformer.Pool.Module.Jobs;

/// <summary>What a job makes of a run.</summary>
/// <param name="AsResult">One result per host, instead of objects and errors.</param>
/// <param name="HideComputerName">Objects without the note of their host.</param>
/// <param name="Require">How many hosts must succeed; null for no such demand.</param>
internal sealed record RunJobOptions(bool AsResult, bool HideComputerName, RequiredCoverage? Require);
