using System.Text.RegularExpressions;

namespace Eformer.Pool.HostWorker.Runners.Containment;

/// <summary>Where the unified hierarchy of cgroups is on this machine, and where this process is in it.</summary>
/// <param name="Mount">Folder at which it is mounted.</param>
/// <param name="Own">Folder of this process's own cgroup.</param>
internal sealed partial record CgroupHierarchy(string Mount, string Own)
{
    private const string OwnPrefix = "0::";

    /// <summary>Finds it; null where there is none, or this process lies outside of what is mounted.</summary>
    public static CgroupHierarchy? Find()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? Parse(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc, no cgroups.
            return null;
        }
    }

    /// <summary>Reads it from the kernel's texts. Pure.</summary>
    public static CgroupHierarchy? Parse(string mounts, string membership)
    {
        string? own = Array.Find(membership.Split('\n'), line => line.StartsWith(OwnPrefix, StringComparison.Ordinal))?[OwnPrefix.Length..];
        foreach (string line in mounts.Split('\n'))
        {
            // … root mount-point options [tags] - type source options
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (own is not null && dash > 5 && dash + 1 < fields.Length && fields[dash + 1] == "cgroup2" && Below(own, Unescape(fields[3])) is { } path)
            {
                string mount = Unescape(fields[4]);
                return new CgroupHierarchy(mount, Path.Join(mount, path).TrimEnd('/'));
            }
        }

        return null;
    }

    // A part of the hierarchy may be mounted; of what lies above it a path starts with "/..".
    private static string? Below(string own, string root)
    {
        if (own.StartsWith("/..", StringComparison.Ordinal))
        {
            return null;
        }

        return root == "/" ? own : own == root || own.StartsWith(root + "/", StringComparison.Ordinal) ? own[root.Length..] : null;
    }

    private static string Unescape(string field) => Octal().Replace(field, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString());

    [GeneratedRegex(@"\\[0-7]{3}")]
    private static partial Regex Octal();
}
