using System.Globalization;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>The fields of a run's hash.</summary>
internal static class RunFields
{
    /// <summary>Whether the run was cancelled.</summary>
    public const string Cancelled = "x";

    /// <summary>How many hosts have ended.</summary>
    public const string Done = "done";

    /// <summary>How many of them well.</summary>
    public const string Good = "good";

    private const string Claim = "c:";
    private const string Outcome = "o:";

    /// <summary>An end as scripts take it: <c>attempt|outcome</c>.</summary>
    public static string End(LogEnd end) => string.Create(CultureInfo.InvariantCulture, $"{end.Attempt}|{end.Outcome}");

    /// <summary>The attempts that were taken: key of the host to number.</summary>
    public static Dictionary<string, int> Claims(IReadOnlyDictionary<string, string> fields) =>
        fields.Where(field => field.Key.StartsWith(Claim, StringComparison.Ordinal))
            .ToDictionary(field => field.Key[Claim.Length..], field => Number(field.Value.Split('|')[^1]), StringComparer.Ordinal);

    /// <summary>The attempts that have ended.</summary>
    public static IReadOnlyList<LogEnd> Ended(IReadOnlyDictionary<string, string> fields) =>
        [.. fields.Where(field => field.Key.StartsWith(Outcome, StringComparison.Ordinal)).Select(field => Ended(field.Key[Outcome.Length..], field.Value))];

    /// <summary>Reads the whole hash as the server sends it: names and values in turn.</summary>
    public static Dictionary<string, string> Read(RedisValue[] pairs) => pairs.Chunk(2)
        .ToDictionary(pair => pair[0].ToString(), pair => pair[1].ToString(), StringComparer.Ordinal);

    private static LogEnd Ended(string host, string value)
    {
        string[] parts = value.Split('|');
        return parts.Length == 3 && Enum.TryParse(parts[2], out RunOutcome outcome)
            ? new LogEnd(host, Number(parts[1]), outcome)
            : new LogEnd(host, 1, RunOutcome.Unknown);
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
}
