namespace Eformer.Pool.Tests.Docs;

/// <summary>The repository these tests were built in.</summary>
internal static class SourceTree
{
    private static readonly string s_root = FindRoot();

    public static string PathOf(string name) => Path.Combine(s_root, name);

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eformer.Pool.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
