namespace Eformer.Pool.Store;

/// <summary>Texts that a store, a sentinel or an agent says. They are not signed and end in messages on people's terminals.</summary>
internal static class StoreText
{
    /// <summary>The text on one line and without control characters.</summary>
    public static string OnOneLine(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsWhiteSpace(c) ? " " : char.IsControl(c) ? $"\\u{(int)c:X4}" : c.ToString()))
        : text;
}
