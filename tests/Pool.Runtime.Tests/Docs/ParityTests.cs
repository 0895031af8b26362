using System.Text.RegularExpressions;

namespace Eformer.Pool.Tests.Docs;

/// <summary>The table of parity names the tests that prove it; a test that was renamed must be renamed there too.</summary>
public sealed partial class ParityTests
{
    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        ILookup<string, string> classes = Directory.EnumerateFiles(SourceTree.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        string[] missing = [.. Named(File.ReadAllText(SourceTree.PathOf("docs/parity.md")))
            .Where(test => !classes[test.Class].Any(text => text.Contains($" {test.Method}(", StringComparison.Ordinal)))
            .Select(test => $"{test.Class}.{test.Method}")];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_class_of_tests_that_the_table_names_exists()
    {
        HashSet<string> classes = [.. Directory.EnumerateFiles(SourceTree.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];
        string[] named = [.. ClassName().Matches(File.ReadAllText(SourceTree.PathOf("docs/parity.md"))).Select(match => match.Groups["class"].Value).Distinct()];
        Assert.True(named.Length > 30);
        Assert.Empty(named.Except(classes));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/parity.md")]
    [InlineData("docs/runs.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/errors.md")]
    public void Every_command_that_is_described_is_exported(string file)
    {
        HashSet<string> exported = [.. Exported().Matches(File.ReadAllText(SourceTree.PathOf("Eformer.Pool.psd1"))).Select(match => match.Groups["name"].Value)];
        Assert.True(exported.Count > 20);
        Assert.Empty(CommandName().Matches(File.ReadAllText(SourceTree.PathOf(file))).Select(match => match.Value).Distinct().Except(exported));
    }

    [Fact]
    public void Every_command_that_is_exported_is_described()
    {
        string[] exported = [.. Exported().Matches(File.ReadAllText(SourceTree.PathOf("Eformer.Pool.psd1"))).Select(match => match.Groups["name"].Value)];
        string readme = File.ReadAllText(SourceTree.PathOf("README.md"));

        // Commands of one noun may be told together: `Get-`, `Wait-`, `Remove-SlicePoolRun`.
        string[] missing = [.. exported.Where(name => !readme.Contains(name, StringComparison.Ordinal)
            && !Regex.IsMatch(readme, $@"`{name.Split('-')[0]}-`(, `\w+-`)*, `\w+-{name.Split('-')[1]}`"))];
        Assert.Empty(missing);
    }

    // A name that starts with a dot is of the class that was named before it.
    private static IEnumerable<(string Class, string Method)> Named(string text)
    {
        string last = "";
        foreach (Match match in TestName().Matches(text))
        {
            last = match.Groups["class"].Success ? match.Groups["class"].Value : last;
            yield return (last, match.Groups["method"].Value);
        }
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)?\.(?<method>[A-Z]\w*_\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)\b")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"'(?<name>[A-Z]\w+-\w+)'")]
    private static partial Regex Exported();

    // Only whole names of ours: `Get-`, `Wait-` and placeholders are not.
    [GeneratedRegex(@"\b[A-Z][a-z]+-(SlicePool\w*|SliceHost|HostWorker|OnEachHost|OnEachSlice)\b")]
    private static partial Regex CommandName();
}
