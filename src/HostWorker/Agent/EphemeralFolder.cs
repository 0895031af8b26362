namespace Eformer.Pool.HostWorker.Agent;

/// <summary>Removes the folder of something that lived only as long as its owner.</summary>
internal static class EphemeralFolder
{
    /// <summary>Removes it, and the pool's folder around it when this was the last thing in there.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        string? around = Path.GetDirectoryName(folder);
        try
        {
            if (around is not null && Path.GetFileName(around).StartsWith("eformer-", StringComparison.Ordinal))
            {
                Directory.Delete(around);
            }
        }
        catch (IOException)
        {
            // Somebody else's things are still in it, or they removed it first: theirs to finish.
        }
    }
}
