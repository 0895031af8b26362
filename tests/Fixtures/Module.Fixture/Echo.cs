namespace Eformer.Pool.Module.Fixture;

/// <summary>What a function was called with.</summary>
public sealed record Echo(TrainOptions? Options = null);
