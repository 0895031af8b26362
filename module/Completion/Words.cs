using System.Management.Automation;

namespace Eformer.Pool.Module.Completion;

/// <summary>Picks what fits the word that is being typed. Names here need no quotes.</summary>
internal static class Words
{
    public static IEnumerable<CompletionResult> StartingWith(string? typed, IEnumerable<string> names) =>
        names.Where(name => name.StartsWith((typed ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}
