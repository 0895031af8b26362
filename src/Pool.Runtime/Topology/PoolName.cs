using System.Text.RegularExpressions;

namespace Eformer.Pool.Topology;

/// <summary>The grammar of the names of fleets, pools, slices and hosts.</summary>
/// <remarks>
/// Lower-case ASCII only: names become store keys, channel names, file names and environment values,
/// so nothing in them may be a separator, a wildcard, a hash tag or a look-alike.
/// </remarks>
public static partial class PoolName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 63;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    /// <summary>Whether the text is a name.</summary>
    public static bool IsValid(string? name) => name is not null && Grammar().IsMatch(name);

    /// <summary>Gives the name back, or says what is wrong with it.</summary>
    /// <param name="name">The text.</param>
    /// <param name="what">What it names: <c>pool</c>, <c>fleet</c>.</param>
    /// <exception cref="SlicePoolException"><c>InvalidName</c>.</exception>
    public static string Check(string? name, string what) =>
        IsValid(name)
            ? name!
            : throw new SlicePoolException(
                "InvalidName",
                PoolErrorCategory.InvalidArgument,
                $"'{Printable(name)}' is not a valid {what} name.",
                "Use 1 to 63 characters a-z, 0-9, '.', '_' and '-', starting with a letter or a digit; lower case only.",
                name);

    /// <summary>The text with everything but printable ASCII escaped, cut at 64 characters, fit for a message.</summary>
    public static string Printable(string? text)
    {
        if (text is null)
        {
            return "";
        }

        IEnumerable<string> escaped = text.Take(64).Select(c => c is >= ' ' and < (char)127 ? c.ToString() : $"\\u{(int)c:X4}");
        return string.Concat(escaped) + (text.Length > 64 ? "…" : "");
    }
}
