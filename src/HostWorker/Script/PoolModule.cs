namespace Eformer.Pool.HostWorker.Script;

/// <summary>Finds the PowerShell module that belongs to this worker.</summary>
internal static class PoolModule
{
    /// <summary>The variable that names another manifest.</summary>
    public const string Variable = "EFORMER_POOL_MODULE";

    private const string Manifest = "Eformer.Pool.psd1";

    /// <summary>The manifest's path.</summary>
    /// <exception cref="SlicePoolException"><c>ModuleNotFound</c>.</exception>
    public static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? Path.GetFullPath(named) : throw Missing($"{Variable} names '{named}', which is not there.");
        }

        // In a clone the worker is in out/host, in a release folder nearer.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, Manifest);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw Missing($"There is no {Manifest} in '{AppContext.BaseDirectory}' or above.");
    }

    private static SlicePoolException Missing(string reason) => new(
        "ModuleNotFound",
        PoolErrorCategory.ObjectNotFound,
        $"The PowerShell module of this worker was not found. {reason}",
        $"Keep the worker in its folder, or set {Variable} to the module's manifest.");
}
