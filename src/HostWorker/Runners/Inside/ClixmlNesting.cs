namespace Eformer.Pool.HostWorker.Runners.Inside;

/// <summary>Counts how deep objects lie inside each other in a CLIXML document.</summary>
internal static class ClixmlNesting
{
    private const string Start = "<Obj ";
    private const string End = "</Obj>";

    // An object takes this many characters at least, so short documents need not be searched.
    private const int MinObject = 20;

    /// <summary>Whether there are more levels than these.</summary>
    public static bool Exceeds(ReadOnlySpan<char> document, int levels)
    {
        if (document.Length < levels * MinObject)
        {
            return false;
        }

        int deep = 0;
        // Text never holds a raw angle bracket.
        for (int at = document.IndexOf('<'); at >= 0; at = document.IndexOf('<'))
        {
            document = document[at..];
            deep += document.StartsWith(Start) ? (IsEmpty(document) ? 0 : 1) : document.StartsWith(End) ? -1 : 0;
            if (deep > levels)
            {
                return true;
            }

            document = document[1..];
        }

        return false;
    }

    private static bool IsEmpty(ReadOnlySpan<char> tag) => tag[tag.IndexOf('>') - 1] == '/';
}
