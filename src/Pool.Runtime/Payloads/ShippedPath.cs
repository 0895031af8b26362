using System.Text;

namespace Eformer.Pool.Payloads;

/// <summary>The paths of shipped files: relative, with '/', and never out of the folder they belong to.</summary>
public static class ShippedPath
{
    /// <summary>What the path of a file of its own starts with.</summary>
    public const string Files = "files/";

    /// <summary>What the path of a module's file starts with; its name follows.</summary>
    public const string Modules = "modules/";

    private const int MaxBytes = 4096;
    private const int MaxNameBytes = 255;

    /// <summary>Whether the path stays below <c>files</c>, or below a folder of <c>modules</c>, on every system.</summary>
    public static bool IsSafe(string? path) => path is not null
        && Encoding.UTF8.GetByteCount(path) <= MaxBytes
        && path.Split('/') is { Length: >= 2 } names
        && names.All(IsSafeName)
        && ((names[0] == "files") || (names[0] == "modules" && names.Length >= 3));

    /// <summary>Whether a text can be the name of one file: no separator of any system, nothing that moves up, nothing unprintable.</summary>
    public static bool IsSafeName(string? name) => name is { Length: > 0 } and not "." and not ".."
        && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes
        && !name.Any(c => c is '/' or '\\' || char.IsControl(c))
        && !(OperatingSystem.IsWindows() && name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0);
}
