namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Follows symbolic links, in the middle of a path too.</summary>
internal static class RealPath
{
    // As the kernel has it.
    private const int MaxLinks = 40;

    /// <summary>The path without links; null when they never end. What it leads to need not exist.</summary>
    public static string? Of(string path)
    {
        string full = Path.GetFullPath(path);
        string current = Path.GetPathRoot(full)!;
        Stack<string> ahead = new();
        Push(ahead, full[current.Length..]);
        int links = 0;
        while (ahead.TryPop(out string? name))
        {
            string next = name == ".." ? Path.GetDirectoryName(current) ?? current : Path.Combine(current, name);
            if (name == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
            }
            else if (++links > MaxLinks)
            {
                return null;
            }
            else
            {
                string root = Path.GetPathRoot(target) ?? "";
                current = root.Length > 0 ? root : current;
                Push(ahead, target[root.Length..]);
            }
        }

        return current;
    }

    /// <summary>Whether a path is that of a folder or lies below it; both without links.</summary>
    public static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || Path.GetPathRoot(folder) == folder;

    private static void Push(Stack<string> ahead, string names)
    {
        foreach (string name in names.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (name != ".")
            {
                ahead.Push(name);
            }
        }
    }
}
