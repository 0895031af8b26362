namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>A declaration that a rule is against, and how it would be right.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Wrong">Breaks it, and no other.</param>
/// <param name="Right">Breaks none.</param>
internal sealed record WrongDeclaration(string Id, string Wrong, string Right)
{
    /// <summary>Whether the compiler is against it too, in the user's own code.</summary>
    public bool IsErrorAnyway { get; init; }

    /// <summary>Whether there are bases of cmdlets.</summary>
    public bool HasPowerShell { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Wrong.ReplaceLineEndings(" ")}";
}
