using System.Text.RegularExpressions;

namespace Eformer.Pool.HostWorker.Script;

/// <summary>Text with the escape sequences of a terminal.</summary>
internal static partial class TerminalText
{
    /// <summary>Takes the escape sequences out, for files and pipes.</summary>
    public static string ToPlain(string text) =>
        text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "") : text;

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]|\e\][^\a\e]*(\a|\e\\)")]
    private static partial Regex Sequence();
}
