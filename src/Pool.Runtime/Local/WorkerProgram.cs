namespace Eformer.Pool.Local;

/// <summary>Finds the worker program that local pools start.</summary>
internal static class WorkerProgram
{
    private const string Name = "eformer-host";

    /// <summary>Full path of the program.</summary>
    /// <exception cref="SlicePoolException"><c>WorkerNotFound</c>.</exception>
    public static string Find(string? folder)
    {
        string file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        string here = Path.GetDirectoryName(typeof(WorkerProgram).Assembly.Location)!;
        string[] candidates = folder is null
            ? [Path.Combine(here, file), Path.Combine(here, "..", "host", file)]
            : [Path.Combine(folder, file)];
        return Array.Find(candidates, File.Exists) is { } found
            ? Path.GetFullPath(found)
            : throw new SlicePoolException(
                "WorkerNotFound",
                PoolErrorCategory.ObjectNotFound,
                $"The worker program '{file}' is not at '{Path.GetFullPath(candidates[^1])}'.",
                "Build it with './build.sh build', or install the module again.",
                candidates[^1]);
    }
}
