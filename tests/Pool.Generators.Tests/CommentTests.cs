using Eformer.Pool.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Tests;

/// <summary>XML comments become the comments of proxies, whether or not the project writes a documentation file.</summary>
public sealed class CommentTests
{
    [Theory]
    [InlineData("/// <summary>Does <see cref=\"System.String\"/> &amp;\n/// <c>more</c>.</summary>", "Does String &amp; more.")]
    [InlineData("/** <summary>\n * Does\n * more.\n * </summary> */", "Does more.")]
    [InlineData("/// <summary>Does <see langword=\"null\"/> to <paramref name=\"a\"/>.<para>More.</para></summary>", "Does null to a. More.")]
    [InlineData("/// <summary>Not <closed.</summary>", "Calls C.F.")]
    [InlineData("// nothing", "Calls C.F.")]
    public void A_comment_is_read_in_every_mode(string comment, string summary)
    {
        foreach (DocumentationMode mode in Enum.GetValues<DocumentationMode>())
        {
            string source = $"public static partial class C\n{{\n{comment}\n[RemoteFunction]\npublic static void F() {{ }}\n}}";
            Generated generated = Generated.Of(Compilations.Of(new CSharpParseOptions(LanguageVersion.CSharp12, mode), "A", source));
            Assert.Contains($"/// <summary>{summary}</summary>", generated.Text, StringComparison.Ordinal);
            Assert.Empty(generated.OfGeneratedCode);
        }
    }

    [Theory]
    [InlineData("string x = \"a@b \\\"c\\\" \\\\d\"", "'a@b \"c\" \\d'")]
    [InlineData("string x = \"\\0\"", "'\\0'")]
    [InlineData("char x = 'c'", "'c'")]
    [InlineData("DayOfWeek? x = DayOfWeek.Monday", "Monday")]
    [InlineData("DayOfWeek x = (DayOfWeek)77", "77")]
    [InlineData("bool x = true", "$true")]
    [InlineData("long x = -5", "-5")]
    [InlineData("float x = 1.5f", "1.5")]
    [InlineData("double x = double.NaN", "NaN")]
    [InlineData("decimal x = 1.10m", "1.10")]
    [InlineData("string? x = null", null)]
    public void Help_shows_default_values_as_PowerShell_users_write_them(string parameter, string? shown)
    {
        Generated generated = Generated.Of($"public static partial class C {{ [RemoteFunction(Cmdlet = \"Get-A\")] public static void F({parameter}) {{ }} }}", Compilations.PowerShell);
        Assert.Empty(generated.OfGeneratedCode);
        string cmdlet = generated.Files["Cmdlet-Get-A.g.cs"];
        Assert.Equal(shown is not null, cmdlet.Contains("defaultValue", StringComparison.Ordinal));
        Assert.Contains(shown is null ? "" : $"<dev:defaultValue>{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}</dev:defaultValue>", cmdlet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/// <summary>One.</summary>", "", "One.")]
    [InlineData("", "/// <summary>Two.</summary>", "Two.")]
    [InlineData("/// <summary>One.</summary>", "/// <summary>Two.</summary>", "Two.")]
    public void A_partial_function_has_the_comment_of_either_part(string first, string second, string summary) => Assert.Contains(
        $"/// <summary>{summary}</summary>",
        Generated.Of($"public static partial class C\n{{\n{first}\n[RemoteFunction]\npublic static partial int F();\n{second}\npublic static partial int F() => 1;\n}}").Text,
        StringComparison.Ordinal);
}
