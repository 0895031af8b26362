using Eformer.Pool.Files;

namespace Eformer.Pool.HostWorker.RuntimeEnvironments;

/// <summary>The folders of an agent's cache. They are made when first needed.</summary>
internal sealed class CacheFolders(string root)
{
    /// <summary>The name of the cache below an agent's state folder.</summary>
    public const string Name = "cache";

    /// <summary>Verified files by their hash.</summary>
    public string Blobs { get; } = Path.Combine(root, "blobs");

    /// <summary>The modules of an environment, by its hash: read-only, shared by the leases that use them.</summary>
    public string Modules { get; } = Path.Combine(root, "modules");

    /// <summary>What is not finished, or about to go. On the same file system as the rest, so that a rename puts it in place.</summary>
    public string Incoming { get; } = Path.Combine(root, "incoming");

    /// <summary>Copies of files for the time of a lease: host, lease, environment.</summary>
    public string Leases { get; } = Path.Combine(root, "leases");

    /// <summary>Whether there is anything of an earlier life, or of this one.</summary>
    public bool Exist => Directory.Exists(root);

    /// <summary>Makes those that are missing, for the owner only.</summary>
    public void Make()
    {
        foreach (string folder in (string[])[root, Blobs, Modules, Incoming, Leases])
        {
            PrivateFolder.Create(folder);
        }
    }

    /// <summary>A name in <see cref="Incoming"/> that nobody has.</summary>
    public string NewName() => Path.Combine(Incoming, Guid.NewGuid().ToString("N"));

    /// <summary>Where a file is kept.</summary>
    public string Blob(string sha256) => Path.Combine(Blobs, sha256[..2], sha256);
}
