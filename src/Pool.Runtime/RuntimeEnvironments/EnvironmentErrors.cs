using Eformer.Pool.Store;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>What can be wrong with what is to be shipped, each with its id, its kind and advice.</summary>
internal static class EnvironmentErrors
{
    public static SlicePoolException NotFound(string path, string parameter, string what = "does not exist") => new(
        "FileNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"'{path}', to be shipped because of {parameter}, {what}.",
        "Give a path that exists on this machine.",
        path);

    public static SlicePoolException Unreadable(string path, string parameter, string reason, Exception? cause = null) => new(
        "FileUnreadable",
        PoolErrorCategory.InvalidArgument,
        $"'{path}', to be shipped because of {parameter}, cannot be read: {reason}.",
        "Make it a file or folder that this user may read, or leave it out.",
        path,
        cause);

    public static SlicePoolException Clash(string name, string first, string second, string parameter) => new(
        "FileNameClash",
        PoolErrorCategory.InvalidArgument,
        $"'{first}' and '{second}' would both be '{name}' on the hosts.",
        $"Rename one of them, or give {parameter} a folder that holds both.",
        second);

    public static SlicePoolException TooLarge(string what, string parameter, string limit, string target) => new(
        "PayloadTooLarge",
        PoolErrorCategory.LimitsExceeded,
        $"{what}, to be shipped because of {parameter}; the limit is {limit}.",
        "Ship less, or put the data where every host can read it and pass its path.",
        target);

    public static SlicePoolException Changed(string path, string parameter) => new(
        "FileChanged",
        PoolErrorCategory.ResourceBusy,
        $"'{path}', to be shipped because of {parameter}, changed while it was read.",
        "Wait until nobody writes to it, or ship a copy of it.",
        path);

    public static SlicePoolException NotStored(string path, IPoolStore store) => new(
        "FileNotStored",
        PoolErrorCategory.ResourceUnavailable,
        $"'{path}' could not be put into the store at {store.Endpoint}: what was sent of it got lost there each time.",
        "Look whether the store is full or is being restarted, and try again.",
        path);
}
