namespace Eformer.Pool.Module.Fixture;

/// <summary>Another of them.</summary>
/// <param name="Name">Any.</param>
/// <param name="Side">Its width.</param>
public sealed record Square(string Name, int Side) : Figure(Name);
