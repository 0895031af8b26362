namespace Eformer.Pool.Module.HostFunctions;

/// <summary>What a parameter is in one of its sets.</summary>
/// <param name="Set">The set; null for all of them.</param>
/// <param name="Position">Its place among the arguments without a name; null when it has none.</param>
/// <param name="Mandatory">Whether it must be given.</param>
/// <param name="FromPipeline">Whether it takes objects of the pipeline.</param>
/// <param name="FromPipelineByName">Whether it takes their properties of its name.</param>
/// <param name="Rest">Whether it takes the arguments that are left.</param>
internal sealed record ParameterInSet(string? Set, int? Position, bool Mandatory, bool FromPipeline, bool FromPipelineByName, bool Rest);
