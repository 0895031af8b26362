namespace Acme.Private;

/// <summary>What the remote functions need and the worker does not have.</summary>
public static class Shout
{
    /// <summary>The text in capitals.</summary>
    public static string Of(string text) => text.ToUpperInvariant() + "!";
}
