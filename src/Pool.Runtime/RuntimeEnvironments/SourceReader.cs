namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Opens and reads files that are to be shipped; what goes wrong becomes an error that names the file.</summary>
internal static class SourceReader
{
    /// <summary>Opens a file, and keeps nobody from writing to it: that it was not written is checked by its hash.</summary>
    /// <exception cref="SlicePoolException"><c>FileNotFound</c>, <c>FileUnreadable</c>.</exception>
    public static FileStream Open(SourceFile file)
    {
        try
        {
            return new FileStream(file.Stamp.Path, new FileStreamOptions
            {
                Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Translate(exception, file.Stamp.Path, file.Parameter);
        }
    }

    /// <summary>Fills the buffer, or what the file still has. 0 at its end.</summary>
    /// <exception cref="SlicePoolException"><c>FileUnreadable</c>.</exception>
    public static async Task<int> ReadAsync(FileStream stream, Memory<byte> buffer, SourceFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Translate(exception, file.Stamp.Path, file.Parameter);
        }
    }

    /// <summary>Makes our error of a file system's.</summary>
    public static SlicePoolException Translate(Exception exception, string path, string parameter) =>
        exception is FileNotFoundException or DirectoryNotFoundException
            ? EnvironmentErrors.NotFound(path, parameter)
            : EnvironmentErrors.Unreadable(path, parameter, exception.Message.TrimEnd('.'), exception);
}
