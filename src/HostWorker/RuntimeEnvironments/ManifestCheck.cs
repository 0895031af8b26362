using System.Buffers;
using System.Globalization;
using Eformer.Pool.Payloads;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>Refuses manifests that would write elsewhere, or take the place of another. Whoever signs commands may err as well.</summary>
internal static class ManifestCheck
{
    private const int HashLength = 64;
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <exception cref="SlicePoolException"><c>EnvironmentRefused</c>.</exception>
    public static void Check(EnvironmentManifest manifest)
    {
        // What a collection holds was not seen to by the reader.
        Require(
            !manifest.Functions.Values.Contains(null!) && !manifest.Modules.Contains(null!) && !manifest.Files.Any(file => file?.Path is null || file.Sha256 is null),
            "something in it has no value");
        Require(manifest.Files.Count <= EnvironmentManifest.MaxFiles, string.Create(CultureInfo.InvariantCulture, $"it has {manifest.Files.Count:N0} files"));
        HashSet<string> paths = new(manifest.Files.Count, StringComparer.Ordinal);
        long bytes = 0;
        foreach (ShippedFile file in manifest.Files)
        {
            CheckFile(file);
            Require(paths.Add(file.Path), $"'{PoolName.Printable(file.Path)}' is there twice");
            bytes += file.Length;
        }

        Require(bytes <= EnvironmentManifest.MaxBytes, string.Create(CultureInfo.InvariantCulture, $"its files are {bytes:N0} bytes"));
        CheckFolders(paths);
        foreach (string module in manifest.Modules)
        {
            Require(paths.Contains(module) && module.StartsWith(ShippedPath.Modules, StringComparison.Ordinal), $"'{PoolName.Printable(module)}' is none of its modules' files");
        }

        Require(manifest.Hash == EnvironmentHash.Of(manifest), "its hash is that of another");
    }

    private static void CheckFile(ShippedFile file)
    {
        string name = PoolName.Printable(file.Path);
        Require(ShippedPath.IsSafe(file.Path), $"the path '{name}' leads elsewhere");
        Require(file.Length is >= 0 and <= BlobId.MaxLength, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {file.Length:N0} bytes"));
        Require(file.Sha256.Length == HashLength && !file.Sha256.AsSpan().ContainsAnyExcept(s_hex), $"the hash of '{name}' is none");
    }

    // No file may stand where another needs a folder.
    private static void CheckFolders(HashSet<string> paths)
    {
        foreach (string path in paths)
        {
            for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                Require(!paths.Contains(path[..slash]), $"'{PoolName.Printable(path[..slash])}' is a file and a folder");
            }
        }
    }

    private static void Require(bool met, string otherwise)
    {
        if (!met)
        {
            throw CacheErrors.Refused(otherwise);
        }
    }
}
