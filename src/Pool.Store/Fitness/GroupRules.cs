using System.Globalization;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>What a store of several servers needs beyond what each of them does. Pure.</summary>
internal static class GroupRules
{
    private const int Slots = 16384;
    private const int FewestSentinels = 3;

    /// <summary>Judges what sentinels or a cluster say; nothing where there are none.</summary>
    public static IReadOnlyList<StoreRequirement> Judge(ServerFacts facts) =>
        [.. facts.Sentinels.Count > 0 ? [Sentinels(facts.Sentinels)] : Array.Empty<StoreRequirement>(), .. facts.Cluster is { } cluster ? [Served(cluster)] : Array.Empty<StoreRequirement>()];

    /// <summary>What holds of several servers: of each requirement the worst, and where.</summary>
    public static IReadOnlyList<StoreRequirement> Worst(IReadOnlyList<(string Endpoint, IReadOnlyList<StoreRequirement> Found)> servers) => servers.Count == 1 ? servers[0].Found :
    [
        .. servers.SelectMany(server => server.Found.Select(found => (server.Endpoint, Found: found))).GroupBy(one => one.Found.Name).Select(group =>
        {
            (string endpoint, StoreRequirement worst) = group.MaxBy(one => one.Found.Result);
            return worst.Result == Pass ? worst : worst with { Found = $"{endpoint}: {worst.Found}" };
        }),
    ];

    // Whatever they say, the store works now: what is judged is whether another server can take over.
    private static StoreRequirement Sentinels(IReadOnlyList<string> answers)
    {
        const string Advice = "Run three sentinels or more, on machines of their own, and name them all.";
        int silent = answers.Count(answer => answer.Length == 0);
        string usable = answers.FirstOrDefault(answer => answer.StartsWith("+OK ", StringComparison.Ordinal)) ?? "";
        return usable.Length == 0
            ? new("Sentinels", Warn, $"no other server can take over: {answers.FirstOrDefault(answer => answer.Length > 0, "none answers").TrimStart('-')}", Advice)
            : silent > 0 ? new("Sentinels", Warn, $"{silent} of {answers.Count} that were named do not answer", Advice)
            : FitnessRules.Number(usable.Split(' ')[1]) is var count && count < FewestSentinels
                ? new("Sentinels", Warn, $"{count}: when a machine with one of them fails, no other server can take over", Advice)
            : FitnessRules.Passed("Sentinels", $"{count}, and they can make another server the primary");
    }

    private static StoreRequirement Served(IReadOnlyDictionary<string, string> cluster)
    {
        long served = FitnessRules.Number(cluster.GetValueOrDefault("cluster_slots_ok"));
        string lacking = string.Create(CultureInfo.InvariantCulture, $"{Slots - served:N0} of {Slots:N0} hash slots are served by nobody");
        return served < Slots
            ? new("Slots", Fail, lacking, "Start the servers that have them, or give them to others with 'redis-cli --cluster fix'.")
            : cluster.GetValueOrDefault("cluster_state") is var state && state != "ok" ? new("Slots", Fail, $"the cluster says of itself: {state}", "See what 'redis-cli --cluster check' says.")
            : FitnessRules.Passed("Slots", $"all are served, by {cluster.GetValueOrDefault("cluster_size", "some")} servers");
    }
}
