using System.Text.RegularExpressions;

namespace Eformer.Pool.Tests.Docs;

/// <summary>Who decides by the id of an error must find it in the docs, and only those that there are.</summary>
public sealed partial class ErrorIdsTests
{
    // Of an exception that was made without an id, and what PowerShell itself calls it.
    private static readonly string[] s_notOurs = ["Unknown", "PSPrefixReservedInInformationTag"];

    [Fact]
    public void Every_id_in_the_code_is_described_and_no_other()
    {
        string[] used = [.. Sources().SelectMany(text => Used().Matches(text)).Select(match => match.Groups["id"].Value).Except(s_notOurs).Distinct()];
        string[] described = [.. Rows().Matches(File.ReadAllText(SourceTree.PathOf("docs/errors.md")))
            .SelectMany(row => Names().Matches(row.Groups["ids"].Value)).Select(match => match.Groups["id"].Value).Distinct()];
        Assert.True(used.Length > 100);
        Assert.Empty(used.Except(described));
        Assert.Empty(described.Except(used));
    }

    private static IEnumerable<string> Sources() => new[] { "src", "module" }
        .SelectMany(folder => Directory.EnumerateFiles(SourceTree.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(File.ReadAllText);

    // An error is made of its id and its kind, in this order.
    [GeneratedRegex(@"""(?<id>[A-Z][A-Za-z]+)"",\s*(Pool)?ErrorCategory\.")]
    private static partial Regex Used();

    [GeneratedRegex(@"^\| (?<ids>`[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<id>[A-Za-z]+)`")]
    private static partial Regex Names();
}
