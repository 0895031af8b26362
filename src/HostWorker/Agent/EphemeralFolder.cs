namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Removes what an agent that lived only as long as its owner kept on disk, and nothing that is not its own.</summary>
internal static class EphemeralFolder
{
    private static readonly string[] s_files = ["fence.json", "fence.json.new", "agent.lock", "keys.json"];

    /// <summary>Removes the agent's files, then its folder and the pool's folder around it where they are empty.</summary>
    public static void Remove(string folder)
    {
        foreach (string file in s_files)
        {
            File.Delete(Path.Combine(folder, file));
        }

        if (Directory.Exists(Path.Combine(folder, "run")))
        {
            Directory.Delete(Path.Combine(folder, "run"), recursive: true);
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
