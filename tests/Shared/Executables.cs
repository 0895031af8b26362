namespace Eformer.Pool.Testing;

/// <summary>Finds programs.</summary>
internal static class Executables
{
    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
