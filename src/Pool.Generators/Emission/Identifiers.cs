using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Emission;

/// <summary>Writes names.</summary>
internal static class Identifiers
{
    /// <summary>A name that may be a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Names with dots between them.</summary>
    public static string EscapeDotted(string names) =>
        string.Join(".", names.Split('.').Select(static name => name.StartsWith("@", StringComparison.Ordinal) ? name : Escape(name)));

    /// <summary>A name that is not among some yet; it is added.</summary>
    public static string Unique(string name, ISet<string> taken, Func<int, string> another)
    {
        string unique = name;
        for (int number = 2; !taken.Add(unique); number++)
        {
            unique = another(number);
        }

        return unique;
    }

    /// <summary>The first letter in upper case.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
