namespace Eformer.Pool.Build;

/// <summary>Files that a build writes.</summary>
internal static class BuildFile
{
    /// <summary>Writes a file, unless it says the same already: what did not change keeps its time.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
        return true;
    }
}
