using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Tests;

/// <summary>What is made, in the repository to read: each folder of Snapshots has functions and what is made of them.</summary>
public sealed class SnapshotTests
{
    private static readonly string s_folder = Path.Combine(Repository.Tests, "Snapshots");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(s_folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_made_is_what_the_repository_says(string name)
    {
        string folder = Path.Combine(s_folder, name);
        Generated generated = Generated.Of(File.ReadAllText(Path.Combine(folder, "Functions.cs")), Compilations.PowerShell);
        Assert.DoesNotContain(generated.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(generated.OfGeneratedCode);
        Snapshot.Verify(folder, generated.Files);
    }

    [Fact]
    public void A_difference_is_shown_with_its_lines()
    {
        string difference = Snapshot.Compare(
            new Dictionary<string, string> { ["a"] = "one\ntwo\nthree", ["b"] = "same" },
            new Dictionary<string, string> { ["a"] = "one\n2\nthree\nfour", ["b"] = "same" });
        Assert.Equal("--- a\n-2: two\n+2: 2\n+4: four\n", difference);
    }
}
