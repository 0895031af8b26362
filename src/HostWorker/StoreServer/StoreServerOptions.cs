namespace Eformer.Pool.HostWorker.StoreServer;

/// <summary>How to run the embedded store.</summary>
internal sealed record StoreServerOptions
{
    /// <summary>Folder for its files; null for a fresh one that only this user may enter.</summary>
    public string? Directory { get; init; }

    /// <summary>Port on loopback; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether it ends when its standard input does: when its owner ends, however that happens.</summary>
    public bool OwnedByStdin { get; init; }

    /// <summary>Whether what it put into its folder is deleted at the end, and the folder too when nothing else is in it.</summary>
    public bool Ephemeral { get; init; }
}
