using System.Management.Automation;
using Eformer.Pool.Module.Binding;
using Eformer.Pool.Payloads;

namespace Eformer.Pool.Module.Scripts;

/// <summary>Reads a script from a file of the caller's machine.</summary>
internal static class ScriptFile
{
    /// <summary>The script in a file.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>FileNotFound</c>, <c>FileIsFolder</c>, <c>FileUnreadable</c>, <c>PathNotInFileSystem</c>, and those of <see cref="ScriptText.OfFile"/>.
    /// </exception>
    public static ScriptText Read(PathIntrinsics paths, string path)
    {
        string file = FileSystemPath.One(paths, path);
        if (Directory.Exists(file))
        {
            throw FileSystemPath.Fault("FileIsFolder", PoolErrorCategory.InvalidArgument, file, "is a folder", "Give the file with the script.");
        }

        return File.Exists(file) ? ScriptText.OfFile(file, ReadText(file)) : throw FileSystemPath.NotFound(file);
    }

    private static string ReadText(string file)
    {
        try
        {
            // The length is looked at first: nothing that cannot be sent is read. Of what is no plain file it is not known.
            long length = new FileInfo(file).Length;
            return length <= ScriptPayload.MaxLength ? File.ReadAllText(file) : throw FileSystemPath.Fault(
                "PayloadTooLarge", PoolErrorCategory.LimitsExceeded, file,
                $"is {length:N0} bytes; at most {ScriptPayload.MaxLength:N0} can be sent", "Ship it with -File, and run it from a small script.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileSystemPath.Fault(
                "FileUnreadable", PoolErrorCategory.SecurityError, file, $"cannot be read: {failure.Message}", "Look at its rights.", failure);
        }
    }
}
