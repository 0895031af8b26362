namespace Eformer.Pool.Topology;

/// <summary>Patterns with <c>*</c> for any text and <c>?</c> for any one character; letters compare ignoring case.</summary>
internal static class Wildcard
{
    /// <summary>Whether all of a text fits a pattern.</summary>
    /// <remarks>Only the last <c>*</c> is ever gone back to, so it takes at most pattern times text steps, whatever the pattern.</remarks>
    public static bool Fits(string pattern, string text)
    {
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int read = 0; read < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = read;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || Same(pattern[at], text[read])))
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                // The star takes one character more, and what follows it is tried again.
                at = star + 1;
                read = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    private static bool Same(char one, char other) => one == other || char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
