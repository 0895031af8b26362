namespace Eformer.Pool.Module.Fixture;

/// <summary>One of them.</summary>
/// <param name="Name">Any.</param>
/// <param name="Radius">Half of its width.</param>
public sealed record Disc(string Name, int Radius) : Figure(Name);
