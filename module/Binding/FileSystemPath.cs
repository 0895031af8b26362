using System.Management.Automation;

namespace Eformer.Pool.Module.Binding;

/// <summary>Turns paths that a user gives into absolute ones of the file system.</summary>
internal static class FileSystemPath
{
    private const string Provider = "FileSystem";

    /// <summary>The absolute path; nothing needs to be there.</summary>
    /// <exception cref="SlicePoolException"><c>PathNotInFileSystem</c>.</exception>
    public static string Of(PathIntrinsics paths, string path)
    {
        string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == Provider ? resolved : throw Elsewhere(path, provider);
    }

    /// <summary>The absolute path of one thing: the path itself or, when nothing is there, what it is without the escapes that completion writes.</summary>
    /// <exception cref="SlicePoolException"><c>PathNotInFileSystem</c>.</exception>
    public static string One(PathIntrinsics paths, string path)
    {
        string literal = Of(paths, path);
        return Path.Exists(literal) ? literal : Unescape(paths, path).FirstOrDefault(literal);
    }

    /// <summary>The absolute paths of what is there: the path itself, what its wildcards fit, or what it is without their escapes.</summary>
    /// <exception cref="SlicePoolException"><c>PathNotInFileSystem</c>, <c>FileNotFound</c>.</exception>
    public static IReadOnlyList<string> Existing(PathIntrinsics paths, string path)
    {
        string literal = Of(paths, path);
        if (Path.Exists(literal))
        {
            return [literal];
        }

        string[] found = WildcardPattern.ContainsWildcardCharacters(path) ? Expand(paths, path) : Unescape(paths, path);
        return found.Length > 0 ? found : throw NotFound(literal);
    }

    /// <summary>There is nothing at a path.</summary>
    public static SlicePoolException NotFound(string path) => Fault(
        "FileNotFound", PoolErrorCategory.ObjectNotFound, path, "is not there", "Look for a mistake in the path; relative ones start at the current location.");

    /// <summary>Something is wrong with a path.</summary>
    public static SlicePoolException Fault(
        string errorId, PoolErrorCategory category, string path, string fault, string advice, Exception? cause = null) =>
        new(errorId, category, $"'{path}' {fault.TrimEnd('.')}.", advice, path, cause);

    private static string[] Expand(PathIntrinsics paths, string path)
    {
        try
        {
            return [.. paths.GetResolvedProviderPathFromPSPath(path, out _)];
        }
        catch (ItemNotFoundException)
        {
            // Not even the folder is there. The caller says so.
            return [];
        }
    }

    private static string[] Unescape(PathIntrinsics paths, string path)
    {
        string plain = Of(paths, WildcardPattern.Unescape(path));
        return Path.Exists(plain) ? [plain] : [];
    }

    private static SlicePoolException Elsewhere(string path, ProviderInfo provider) => Fault(
        "PathNotInFileSystem", PoolErrorCategory.InvalidArgument, path, $"is no path of the file system, but of {provider.Name}", "Give a path of the file system.");
}
