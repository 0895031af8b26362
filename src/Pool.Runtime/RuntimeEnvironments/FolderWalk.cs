using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Finds the files of one argument in an order that depends on names only, within the limits of the whole environment.</summary>
internal sealed class FolderWalk(EnvironmentLimits limits)
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };
    private readonly List<SourceFile> _found = [];
    private long _bytes;
    private int _entries;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<SourceFile> Found => _found;

    /// <summary>Adds a file, or a folder with everything in it. A link that is named itself may lead anywhere.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="parameter">Which parameter named it.</param>
    /// <exception cref="SlicePoolException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>PayloadTooLarge</c>.</exception>
    public void Add(string path, string target, string parameter)
    {
        try
        {
            string real = RealPath.Of(path) ?? throw EnvironmentErrors.Unreadable(path, parameter, "its symbolic links lead in a circle");
            if (File.GetAttributes(real).HasFlag(FileAttributes.Directory))
            {
                AddFolder(new Place(real, parameter, [real]), new DirectoryInfo(real), target);
            }
            else
            {
                AddFile(new FileInfo(real), target, parameter);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SourceReader.Translate(exception, path, parameter);
        }
    }

    private void AddFolder(Place place, DirectoryInfo folder, string target)
    {
        foreach (FileSystemInfo entry in Entries(folder, place.Parameter))
        {
            string path = $"{target}/{entry.Name}";
            FileSystemInfo real = entry.LinkTarget is null ? entry : Follow(place, entry);
            if (real is DirectoryInfo inner)
            {
                Count(path, 0, place.Parameter);
                AddFolder(place with { Around = [.. place.Around, inner.FullName] }, inner, path);
            }
            else
            {
                AddFile((FileInfo)real, path, place.Parameter);
            }
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder, string parameter)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos("*", s_everything).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SourceReader.Translate(exception, folder.FullName, parameter);
        }
    }

    // What a link leads to is shipped in its place, if it belongs to the folder that is shipped.
    private static FileSystemInfo Follow(Place place, FileSystemInfo link)
    {
        string? real = RealPath.Of(link.FullName);
        if (real is null || place.Around.Contains(real))
        {
            throw EnvironmentErrors.Unreadable(link.FullName, place.Parameter, "the symbolic link leads in a circle");
        }

        if (!RealPath.IsInside(real, place.Root))
        {
            throw EnvironmentErrors.Unreadable(link.FullName, place.Parameter, $"the symbolic link leads to '{real}', out of '{place.Root}'");
        }

        return Directory.Exists(real) ? new DirectoryInfo(real)
            : File.Exists(real) ? new FileInfo(real)
            : throw EnvironmentErrors.NotFound(link.FullName, place.Parameter, $"is a symbolic link to '{real}', which does not exist");
    }

    private void AddFile(FileInfo file, string target, string parameter)
    {
        if (!ShippedPath.IsSafe(target))
        {
            throw EnvironmentErrors.Unreadable(file.FullName, parameter, "its name has a backslash or a control character, or is too long");
        }

        if (file.Length == 0 && FileKind.IsSpecial(file.FullName))
        {
            throw EnvironmentErrors.Unreadable(file.FullName, parameter, "it is a pipe, a socket or a device");
        }

        if (file.Length > BlobId.MaxLength)
        {
            throw EnvironmentErrors.TooLarge($"'{file.FullName}' is {file.Length:N0} bytes", parameter, $"{BlobId.MaxLength:N0} for one file", file.FullName);
        }

        Count(target, file.Length, parameter);
        _found.Add(new SourceFile(FileStamp.Of(file), target, IsExecutable(file), parameter));
    }

    private void Count(string target, long bytes, string parameter)
    {
        _bytes += bytes;
        _entries++;
        if (_bytes > limits.Bytes || _entries > limits.Entries)
        {
            throw EnvironmentErrors.TooLarge(
                $"Up to '{target}' there are {_entries:N0} files and folders of {_bytes:N0} bytes", parameter, $"{limits.Entries:N0} and {limits.Bytes:N0} bytes", target);
        }
    }

    private static bool IsExecutable(FileInfo file) => !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);

    // The folder of the argument, and those that are around the one looked at, by way of links too.
    private sealed record Place(string Root, string Parameter, string[] Around);
}
