namespace Eformer.Pool.Faults.Tests.Support;

/// <summary>The repository the tests were built in.</summary>
internal static class Repository
{
    // The worker lies in out/host.
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(HostExecutable.Path)!, "..", ".."));

    public static string PathOf(string file) => Path.Combine(s_root, file);
}
