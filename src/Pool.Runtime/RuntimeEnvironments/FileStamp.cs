namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>What tells that a file is still the one it was.</summary>
/// <param name="Path">Its absolute path, without links.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WrittenUtc">When it was last written.</param>
internal readonly record struct FileStamp(string Path, long Length, DateTime WrittenUtc)
{
    /// <summary>The stamp of a file as it is now.</summary>
    public static FileStamp Of(FileInfo file) => new(file.FullName, file.Length, file.LastWriteTimeUtc);

    /// <summary>Whether the file is now as it was then.</summary>
    public bool IsCurrent() => new FileInfo(Path) is { Exists: true } file && Of(file) == this;
}
