using static Eformer.Pool.RequirementResult;

namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>What Garnet needs beyond what every server does. Pure.</summary>
internal static class GarnetRules
{
    private const string Untold = "the server does not tell its settings";

    /// <summary>Judges its settings.</summary>
    public static IReadOnlyList<StoreRequirement> Judge(ServerFacts facts) =>
        [StorageTier(facts), Compaction(facts), ExpiredKeys(facts), Persistence(facts)];

    // Keys that were written once vanish silently when the log has advanced by its memory.
    private static StoreRequirement StorageTier(ServerFacts facts) => facts.Setting("logdir") switch
    {
        null => new("StorageTier", Warn, Untold, "Set EnableStorageTier and LogDir."),
        "" => new("StorageTier", Fail, "there is none: live keys vanish when the log is full", "Set EnableStorageTier and LogDir."),
        var folder => FitnessRules.Passed("StorageTier", folder),
    };

    private static StoreRequirement Compaction(ServerFacts facts) => facts.Setting("compaction-type") switch
    {
        null => new("Compaction", Warn, Untold, "Set CompactionType to Lookup."),
        "Shift" or "ShiftForced" => new("Compaction", Fail, "of the kind Shift, which drops live keys", "Set CompactionType to Lookup."),
        "None" => new("Compaction", Warn, "none: the log grows for ever", "Set CompactionType to Lookup, and CompactionForceDelete."),
        var kind => FitnessRules.Passed("Compaction", kind),
    };

    private static StoreRequirement ExpiredKeys(ServerFacts facts) => FitnessRules.Number(facts.Setting("expired-key-deletion-scan-freq")) > 0
        ? FitnessRules.Passed("ExpiredKeys", "are removed")
        : new("ExpiredKeys", Warn, facts.Settings is null ? Untold : "are kept for ever", "Set ExpiredKeyDeletionScanFrequencySecs to 1 or more.");

    private static StoreRequirement Persistence(ServerFacts facts) => facts.Setting("appendonly") == "yes"
        ? FitnessRules.Passed("Persistence", "append-only file")
        : new("Persistence", Warn, "nothing is kept: a restart loses runs and results; leases are asked back from the hosts", "Set EnableAOF where runs must outlive the store.");
}
