using System.Globalization;

namespace Eformer.Pool.Placement;

/// <summary>Numbers in sentences.</summary>
internal static class Words
{
    /// <summary><c>1 host</c>, <c>2 hosts</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
