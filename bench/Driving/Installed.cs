namespace Eformer.Pool.Bench.Driving;

/// <summary>Programs that this machine has.</summary>
internal static class Installed
{
    // Daemons lie where only root looks.
    private static readonly string[] s_folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/bin", "/usr/sbin"];

    /// <summary>The path of a program; null when it is not there.</summary>
    public static string? Find(string program) => FindAll(program).FirstOrDefault();

    /// <summary>Every program of that name.</summary>
    public static IEnumerable<string> FindAll(string program) => s_folders.Select(folder => Path.Combine(folder, program)).Where(File.Exists).Distinct();
}
