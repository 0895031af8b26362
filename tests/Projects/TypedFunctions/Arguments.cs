using Eformer.Pool;

namespace Acme;

/// <summary>Functions that give what they take.</summary>
public sealed partial class Arguments
{
    private Arguments() { }

    /// <summary>Default values.</summary>
    [RemoteFunction]
    public static string Defaults(
        string text = "a \"text\"\n", char letter = '\'', double part = 0.5, float small = -1.5f, decimal money = 1.10m, long large = long.MinValue,
        ulong largest = ulong.MaxValue, Precision precision = Precision.Half, Precision? other = null, int? none = null, bool yes = true, string? nothing = null,
        DateTimeOffset when = default, double never = double.NaN) =>
        FormattableString.Invariant($"{text}|{letter}|{part}|{small}|{money}|{large}|{largest}|{precision}|{other}|{none}|{yes}|{nothing}|{when.Ticks}|{never}");

    /// <summary>All at once.</summary>
    [RemoteFunction]
    public static Everything Mirror(Everything everything) => everything;

    /// <summary>Collections.</summary>
    [RemoteFunction]
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Index(ISet<string> keys, params int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.ToDictionary(static key => key, IReadOnlyList<int> (_) => numbers);
    }

    /// <summary>A number, as text.</summary>
    [RemoteFunction]
    public static string Overloaded(int value) => "number " + value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A text.</summary>
    [RemoteFunction(Name = "Acme.Arguments.OverloadedText")]
    public static string Overloaded(string value) => "text " + value;

    /// <summary>Names that are keywords.</summary>
    [RemoteFunction(Name = "keywords")]
    public static string @event(string @class, int @await, string arguments, string _class, string invocation) =>
        $"{@class}{@await}{arguments}{_class}{invocation}";

    /// <summary>A class in a class.</summary>
    internal static partial class Inner
    {
        internal sealed record Secret(string Text);

        /// <summary>Types that others do not see.</summary>
        [RemoteFunction]
        internal static Secret Reverse(Secret secret) => new(new string([.. secret.Text.Reverse()]));
    }
}
