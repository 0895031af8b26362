using Eformer.Pool.HostWorker.RuntimeEnvironments;

namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Removes what an agent that lived only as long as its owner kept on disk, and nothing that is not its own.</summary>
internal static class EphemeralFolder
{
    private static readonly string[] s_files = ["fence.json", "fence.json.new", "agent.lock", "keys.json", "worker.json", "worker.json.new"];
    private static readonly string[] s_folders = ["run", CacheFolders.Name];

    /// <summary>Removes the agent's files, then its folder and the pool's folder around it where they are empty.</summary>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            // Somebody cleaned up before, as systems do with what is temporary and old.
            return;
        }

        foreach (string file in s_files)
        {
            File.Delete(Path.Combine(folder, file));
        }

        foreach (string inner in s_folders)
        {
            // What user code made undeletable stays, and with it the folder around it.
            _ = FolderRemoval.TryRemove(Path.Combine(folder, inner));
        }

        RemoveEmpty(folder);
        if (Path.GetDirectoryName(folder) is { } around && Path.GetFileName(around).StartsWith("eformer-", StringComparison.Ordinal))
        {
            RemoveEmpty(around);
        }
    }

    private static void RemoveEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Somebody else's things are still in it, or they removed it first: theirs to finish.
        }
    }
}
