using System.Text.RegularExpressions;

namespace Eformer.Pool.Tests.Docs;

/// <summary>The table of parity names the tests that prove it; a test that was renamed must be renamed there too.</summary>
public sealed partial class ParityTests
{
    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        string root = FindRoot();
        ILookup<string, string> classes = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        string[] missing = [.. Named(File.ReadAllText(Path.Combine(root, "docs", "parity.md")))
            .Where(test => !classes[test.Class].Any(text => text.Contains($" {test.Method}(", StringComparison.Ordinal)))
            .Select(test => $"{test.Class}.{test.Method}")];
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

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eformer.Pool.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)?\.(?<method>[A-Z]\w*_\w+)`")]
    private static partial Regex TestName();
}
