namespace Eformer.Pool.Generators.Model;

/// <summary>A part of a type to write.</summary>
/// <param name="Keyword">Such as <c>class</c> or <c>record struct</c>.</param>
/// <param name="Name">As C# writes it.</param>
internal sealed record TypeDeclaration(string Keyword, string Name);
