using Microsoft.CodeAnalysis;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>How System.Text.Json reads and writes the values of an enum by their names.</summary>
internal static class EnumShape
{
    private const string Json = "System.Text.Json.Serialization";

    /// <summary>Why it cannot; null when it can.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="byName">Whether its values surely travel by name. Names are looked at in any case, but need not tell values apart then.</param>
    public static string? RefusalOf(INamedTypeSymbol type, bool byName)
    {
        if (type.HasConverter())
        {
            return null;
        }

        bool isFlags = type.Has("System", "FlagsAttribute");
        return ValuesOf(type).FirstOrDefault(value => IsRefused(NameOf(value), isFlags)) is { } refused
            ? $"the name in JSON of its value '{refused.Name}' is empty, has blanks around it{(isFlags ? " or a comma in it" : "")}, which System.Text.Json refuses"
            : byName && NameOfTwo(type) is { } name ? $"two of its values are called '{name}' in JSON, and only one is read back"
            : null;
    }

    /// <summary>Its values, in the order of their declaration.</summary>
    public static IEnumerable<IFieldSymbol> ValuesOf(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue);

    /// <summary>The name of a value in JSON.</summary>
    public static string NameOf(IFieldSymbol value) => value.Attribute(Json, "JsonStringEnumMemberNameAttribute") is { } named
        ? named.ConstructorArguments.FirstOrDefault().Value as string ?? ""
        : value.Name;

    private static bool IsRefused(string name, bool isFlags) =>
        name.Length == 0 || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[name.Length - 1]) || (isFlags && name.IndexOf(',') >= 0);

    // Two names of one value may well be the same.
    private static string? NameOfTwo(INamedTypeSymbol type) => ValuesOf(type)
        .GroupBy(NameOf, StringComparer.Ordinal)
        .FirstOrDefault(static group => group.Select(static value => value.ConstantValue).Distinct().Skip(1).Any())?.Key;
}
