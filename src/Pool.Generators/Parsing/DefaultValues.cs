using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eformer.Pool.Generators.Parsing;

/// <summary>Writes default values of parameters.</summary>
internal static class DefaultValues
{
    /// <summary>The default value as C# writes it; null when there is none. A time can be one, but only attributes can say so: it is none here.</summary>
    public static string? Of(IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is not DateTime ? Write(parameter.Type, parameter.ExplicitDefaultValue) : null;

    /// <summary>The default value as help shows it; null when there is none to show.</summary>
    public static string? Show(IParameterSymbol parameter) => !parameter.HasExplicitDefaultValue ? null : parameter.ExplicitDefaultValue switch
    {
        null or DateTime => null,
        bool flag => flag ? "$true" : "$false",
        string text => Quote(SymbolDisplay.FormatLiteral(text, quote: true)),
        char letter => Quote(SymbolDisplay.FormatLiteral(letter.ToString(), quote: true)),
        { } value when NameOf(TypeShapes.NullableOf(parameter.Type) ?? parameter.Type, value) is { } name => name,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Whether JSON cannot hold the default value.</summary>
    public static bool IsNotFinite(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue switch
    {
        double number => double.IsNaN(number) || double.IsInfinity(number),
        float number => float.IsNaN(number) || float.IsInfinity(number),
        _ => false,
    };

    // What cannot be printed stays escaped: help is XML, which takes not everything.
    private static string Quote(string literal) =>
        $"'{literal.Substring(1, literal.Length - 2).Replace("\\\"", "\"").Replace("\\\\", "\\")}'";

    private static string? NameOf(ITypeSymbol type, object value) => type.TypeKind != TypeKind.Enum
        ? null
        : type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name;

    private static string Write(ITypeSymbol type, object? value)
    {
        ITypeSymbol plain = TypeShapes.NullableOf(type) ?? type;
        if (value is null)
        {
            return type.IsReferenceType
                ? type.NullableAnnotation == NullableAnnotation.Annotated ? "null" : "null!"
                : "default";
        }

        return plain.TypeKind == TypeKind.Enum ? $"({TypeNames.Code(plain)})({Write(value)})" : Write(value);
    }

    private static string Write(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char letter => SymbolDisplay.FormatLiteral(letter, quote: true),
        double number => Write(number, "double", "R", "D"),
        float number => Write(number, "float", "R", "F"),
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string Write(double number, string type, string format, string suffix) =>
        double.IsNaN(number) ? type + ".NaN"
        : double.IsPositiveInfinity(number) ? type + ".PositiveInfinity"
        : double.IsNegativeInfinity(number) ? type + ".NegativeInfinity"
        : (suffix == "F" ? ((float)number).ToString(format, CultureInfo.InvariantCulture) : number.ToString(format, CultureInfo.InvariantCulture)) + suffix;
}
