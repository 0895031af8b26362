namespace Eformer.Pool.Generators.Tests.Support;

/// <summary>Files of the repository that tests are about.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of this project.</summary>
    public static string Tests { get; } = Path.Combine(Root, "tests", "Pool.Generators.Tests");

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
