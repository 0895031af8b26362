namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>The builds of the assembly of remote functions that tests use.</summary>
internal static class Builds
{
    /// <summary>The one that this program is built with.</summary>
    public static string Current { get; } = Path.Combine(AppContext.BaseDirectory, "Acme.Functions.dll");

    /// <summary>The next one, which is not loaded here.</summary>
    public static string Next { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../FunctionsNext/release/Acme.Functions.dll"));

    /// <summary>Copies an assembly with what it needs.</summary>
    public static string CopyTo(string folder, string build, bool whole = true)
    {
        Directory.CreateDirectory(folder);
        string from = Path.GetDirectoryName(build)!;
        File.Copy(build, Path.Combine(folder, "Acme.Functions.dll"), overwrite: true);
        if (whole)
        {
            File.Copy(Path.Combine(from, "Acme.Private.dll"), Path.Combine(folder, "Acme.Private.dll"), overwrite: true);
        }

        return Path.Combine(folder, "Acme.Functions.dll");
    }

    /// <summary>Has a copy say when code of it runs.</summary>
    /// <returns>The file that then has a line for each process.</returns>
    public static string Watch(string copy)
    {
        string file = Path.ChangeExtension(copy, ".ran");
        File.WriteAllText(file, "");
        return file;
    }
}
