using Eformer.Pool.Generators.Analyzers;
using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>Each rule has a page, and the index has each page.</summary>
public sealed class DocsTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "docs", "analyzers");

    private static readonly DiagnosticDescriptor[] s_rules = [.. new FunctionAnalyzer().SupportedDiagnostics];

    public static TheoryData<string> Ids => [.. s_rules.Select(static rule => rule.Id).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_page_with_what_why_wrong_and_right(string id)
    {
        DiagnosticDescriptor rule = s_rules.Single(rule => rule.Id == id);
        string page = File.ReadAllText(Path.Combine(Repository.Root, rule.HelpLinkUri));
        Assert.StartsWith($"# {id}: {rule.Title}", page, StringComparison.Ordinal);
        Assert.Contains(rule.DefaultSeverity.ToString(), page, StringComparison.Ordinal);
        Assert.All(["## Why", "## Wrong", "## Right"], heading => Assert.Contains($"\n{heading}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_index_has_every_rule_and_no_other()
    {
        string index = File.ReadAllText(Path.Combine(s_folder, "README.md"));
        Assert.All(s_rules, rule => Assert.Contains($"[{rule.Id}]({rule.Id}.md) | {rule.DefaultSeverity} | {rule.Title} |", index, StringComparison.Ordinal));
        Assert.Equal(
            s_rules.Select(static rule => rule.Id + ".md").Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(s_folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }
}
