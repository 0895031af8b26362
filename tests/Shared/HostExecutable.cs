using Xunit;

namespace Eformer.Pool.Testing;

/// <summary>Finds the built worker: <c>out/host/eformer-host</c> in the repository, or what <c>EFORMER_HOST_EXE</c> names.</summary>
internal static class HostExecutable
{
    private const string Solution = "Eformer.Pool.slnx";

    public static string Path { get; } = Environment.GetEnvironmentVariable("EFORMER_HOST_EXE") ?? Built();

    private static string Built()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
            {
                string path = System.IO.Path.Combine(folder.FullName, "out", "host", OperatingSystem.IsWindows() ? "eformer-host.exe" : "eformer-host");
                Assert.True(File.Exists(path), $"'{path}' is not built.");
                return path;
            }
        }

        throw new InvalidOperationException($"There is no {Solution} above '{AppContext.BaseDirectory}'.");
    }
}
