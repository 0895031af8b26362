using System.Globalization;
using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>Judges what was found out about a server. Pure.</summary>
internal static class FitnessRules
{
    private const string Untold = "the server does not tell its settings";

    /// <summary>Every requirement that applies to this kind of server. Of a replica, and of a cluster that is down, nothing else matters.</summary>
    public static IReadOnlyList<StoreRequirement> Judge(ServerFacts facts) => facts.IsReplica ? [Version(facts), Primary(facts)]
        : facts.IsClusterDown ? [Version(facts), .. GroupRules.Judge(facts)] :
    [
        Version(facts), Scripts(facts), Doorbells(facts), Primary(facts), .. GroupRules.Judge(facts),
        .. facts.IsGarnet ? GarnetRules.Judge(facts) : [Eviction(facts), Persistence(facts), Replication(facts)],
        Password(facts), Transport(facts),
    ];

    private static StoreRequirement Version(ServerFacts facts) => facts.Unfit is null
        ? Passed("Version", facts.Name)
        : new("Version", Fail, facts.Unfit, "Use Redis 7.0 or later, Valkey, or 'eformer-host store'.");

    // Without this one host can be leased twice.
    private static StoreRequirement Scripts(ServerFacts facts) => facts.Scripts switch
    {
        null => new("Scripts", Fail, "Lua scripts do not run", "Allow EVAL, EVALSHA and SCRIPT; in Garnet set EnableLua and LuaTransactionMode."),
        var (counted, expected) when counted != expected => new(
            "Scripts", Fail, $"scripts are not atomic: of {expected:N0} counts {expected - counted:N0} were lost", "In Garnet set LuaTransactionMode."),
        var (counted, _) => Passed("Scripts", $"atomic: {counted:N0} counts by two connections, none lost"),
    };

    private static StoreRequirement Doorbells(ServerFacts facts) => facts.DoorbellHeard
        ? Passed("Doorbells", "what is published is heard")
        : new("Doorbells", Warn, "what is published is not heard, so everything waits for the next poll", "Allow PUBLISH and SUBSCRIBE on the fleet's channels.");

    private static StoreRequirement Primary(ServerFacts facts) => facts.IsReplica
        ? new("Primary", Fail, "the server is a replica", "Name the primary, or the sentinels with 'serviceName='.")
        : Passed("Primary", "the server takes writes");

    // A lease that was evicted is a host that two may hold at once, in the store's eyes.
    private static StoreRequirement Eviction(ServerFacts facts)
    {
        string policy = facts.Said("maxmemory_policy");
        string advice = "Set maxmemory-policy to noeviction.";
        return policy == "noeviction" ? Passed("Eviction", "maxmemory-policy is noeviction")
            : policy.Length == 0 ? new("Eviction", Warn, Untold, advice)
            : facts.Said("maxmemory") == "0" ? new("Eviction", Warn, $"maxmemory-policy is {policy}, without effect as long as there is no maxmemory", advice)
            : new("Eviction", Fail, $"maxmemory-policy is {policy}: leases and runs vanish when memory is short", advice);
    }

    private static StoreRequirement Persistence(ServerFacts facts)
    {
        if (facts.Said("aof_enabled") == "1")
        {
            return facts.Setting("appendfsync") == "no"
                ? new("Persistence", Warn, "the append-only file is written when the system likes", "Set appendfsync to everysec or always.")
                : Passed("Persistence", $"append-only file, fsync {facts.Setting("appendfsync") ?? "not told"}");
        }

        string saves = facts.Setting("save") is { Length: > 0 } ? "only snapshots are kept" : "nothing is kept";
        return HasReplicas(facts)
            ? new("Persistence", Fail, $"{saves}: a primary that restarts empties its replicas", "Set appendonly to yes.")
            : new("Persistence", Warn, $"{saves}: a restart loses runs and results; leases are asked back from the hosts", "Set appendonly to yes.");
    }

    private static StoreRequirement Replication(ServerFacts facts)
    {
        const string Advice = "Set min-replicas-to-write to 1 or more and min-replicas-max-lag to 10 or less.";
        if (!HasReplicas(facts))
        {
            return Passed("Replication", "no replica, so none can take over without the last writes");
        }

        // Redis tells how many good replicas there are only where it has been told to need some.
        bool needed = facts.Info.ContainsKey("min_slaves_good_slaves") || Number(facts.Setting("min-replicas-to-write")) > 0;
        return !needed ? new("Replication", Warn, "writes are taken that no replica has, and are lost when one takes over", Advice)
            : Number(facts.Setting("min-replicas-max-lag")) > 10 ? new("Replication", Warn, "replicas count that are more than 10 s behind", Advice)
            : Passed("Replication", "writes wait for a replica that is close behind");
    }

    private static StoreRequirement Password(ServerFacts facts) => facts.HasPassword
        ? Passed("Password", "one is needed")
        : new("Password", Warn, "anybody who reaches the server can take leases away", "Set a password, or users with ACLs.");

    private static StoreRequirement Transport(ServerFacts facts) => facts.IsEncrypted ? Passed("Transport", "TLS")
        : facts.IsLoopback ? Passed("Transport", "on this machine")
        : new("Transport", Warn, "not encrypted: what scripts and results hold can be read on the way", "Set up TLS and add 'ssl=true'.");

    private static bool HasReplicas(ServerFacts facts) => facts.HasSentinels || Number(facts.Said("connected_slaves")) > 0;

    internal static StoreRequirement Passed(string name, string found) => new(name, Pass, found, "");

    internal static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
