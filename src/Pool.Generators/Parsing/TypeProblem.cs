namespace Eformer.Pool.Generators.Parsing;

/// <summary>Why a type in the graph of a root cannot travel.</summary>
/// <param name="Root">The root: a parameter, or the result.</param>
/// <param name="Path">The members that lead to it, outermost first; none when it is the root's own type.</param>
/// <param name="Why">For people.</param>
internal sealed record TypeProblem(string Root, IReadOnlyList<string> Path, string Why)
{
    /// <summary>Where it is, for people.</summary>
    public string Where => string.Join(".", Path.Prepend(Root.Length == 0 ? "result" : Root));
}
