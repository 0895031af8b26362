namespace Eformer.Pool.Module.Fixture;

/// <summary>A collection of a user's own.</summary>
public sealed class Names : List<string>;
