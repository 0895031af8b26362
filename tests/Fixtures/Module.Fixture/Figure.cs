using System.Text.Json.Serialization;

namespace Eformer.Pool.Module.Fixture;

/// <summary>A type with others below it.</summary>
/// <param name="Name">Any.</param>
[JsonDerivedType(typeof(Disc), "disc")]
[JsonDerivedType(typeof(Square), 4)]
public abstract record Figure(string Name);
