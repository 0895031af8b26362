namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Why a runtime environment cannot be had on this host.</summary>
internal static class CacheErrors
{
    private const string SendAgain = "Run it again: what the store lacks is sent anew.";

    public static SlicePoolException Lost(string path) => Unavailable(path, "the store does not have it any more", SendAgain);

    public static SlicePoolException Spoilt(string path) =>
        Unavailable(path, "what the store has under its name is something else, and was removed there", SendAgain);

    public static SlicePoolException NoPlace(string path, Exception cause) => Unavailable(
        path, "it cannot be put on this host's disk: " + cause.Message.TrimEnd('.'), "Make room on the disk of the agent's state folder, and see that the agent may write there.", cause);

    public static SlicePoolException Unsteady(string path) => Unavailable(
        path, "what was written to this host's disk is not what is read from it", "Look after the disk of the agent's state folder, or what else writes to it.");

    public static SlicePoolException Ended() => Unavailable("the environment", "the lease it was for has ended", "Run it again.");

    public static SlicePoolException Refused(string reason) => new(
        "EnvironmentRefused",
        PoolErrorCategory.SecurityError,
        $"This host does not take the runtime environment: {reason}.",
        "Use the module's own -File and -Module. If you did, somebody else holds this fleet's command key.");

    private static SlicePoolException Unavailable(string path, string reason, string advice, Exception? cause = null) => new(
        "EnvironmentUnavailable",
        PoolErrorCategory.ResourceUnavailable,
        $"'{path}' of the runtime environment is not available: {reason}.",
        advice,
        path,
        cause);
}
