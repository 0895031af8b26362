using Eformer.Pool.Store;

namespace Eformer.Pool;

/// <summary>One thing a store must be or have, and how a store does.</summary>
/// <param name="Name">What is required, in a word: <c>Scripts</c>, <c>Eviction</c>. Stable.</param>
/// <param name="Result">Whether it is met.</param>
/// <param name="Found">What was found, for people.</param>
/// <param name="Advice">What to do about it; empty when it is met.</param>
public sealed record StoreRequirement(string Name, RequirementResult Result, string Found, string Advice)
{
    /// <summary>What was found, for people, on one line and without control characters: some of it is what servers say.</summary>
    public string Found { get; init => field = StoreText.OnOneLine(value); } = StoreText.OnOneLine(Found);

    /// <summary>Result, name and what was found.</summary>
    public override string ToString() => $"{Result}: {Name}: {Found}";
}
