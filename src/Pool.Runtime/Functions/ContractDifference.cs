namespace Eformer.Pool.Functions;

/// <summary>Compares two contracts of a function. Pure.</summary>
/// <remarks>
/// Lines of a contract are <c>kind name: type</c>, with <c> optional</c> behind what may be left out. What only one side has is
/// tolerated when it is optional; everything else must be the same.
/// </remarks>
public static class ContractDifference
{
    private const string Optional = " optional";

    /// <summary>What keeps a driver and a host from understanding each other.</summary>
    /// <param name="driver">Schema of the driver's contract.</param>
    /// <param name="host">Schema of the host's.</param>
    /// <returns>A sentence for each, which names the member; empty when they understand each other.</returns>
    public static IReadOnlyList<string> Of(string driver, string host)
    {
        Dictionary<string, string> theirs = Lines(host);
        Dictionary<string, string> ours = Lines(driver);
        return
        [
            .. ours.Where(line => !Agrees(line.Value, theirs.GetValueOrDefault(line.Key)))
                .Select(line => Describe(line.Key, line.Value, theirs.GetValueOrDefault(line.Key))),
            .. theirs.Where(line => !ours.ContainsKey(line.Key) && !Agrees(null, line.Value)).Select(line => Describe(line.Key, null, line.Value)),
        ];
    }

    private static bool Agrees(string? driver, string? host) => driver is null || host is null
        ? (driver ?? host)!.EndsWith(Optional, StringComparison.Ordinal)
        : TypeOf(driver) == TypeOf(host);

    private static string Describe(string member, string? driver, string? host) => (driver, host) switch
    {
        (null, _) => $"{member} is {TypeOf(host!)} on the host and missing in the driver",
        (_, null) => $"{member} is {TypeOf(driver)} in the driver and missing on the host",
        _ => $"{member} is {TypeOf(driver)} in the driver and {TypeOf(host)} on the host",
    };

    private static string TypeOf(string type) => type.EndsWith(Optional, StringComparison.Ordinal) ? type[..^Optional.Length] : type;

    // A contract that comes from elsewhere may have a line twice; the first counts.
    private static Dictionary<string, string> Lines(string schema) => schema
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2))
        .DistinctBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
}
