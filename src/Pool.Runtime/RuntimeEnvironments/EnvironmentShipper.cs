using Eformer.Pool.Payloads;
using Eformer.Pool.Store;

namespace Eformer.Pool.RuntimeEnvironments;

/// <summary>Puts what a runtime environment needs into the store.</summary>
internal sealed class EnvironmentShipper(EnvironmentPacker packer, FileHashes hashes)
{
    private const int FilesAtOnce = 4;

    /// <summary>The shipper of this process.</summary>
    public static EnvironmentShipper Shared { get; } = new(EnvironmentPacker.Shared, FileHashes.Shared);

    /// <summary>Packs an environment and sends what the store lacks of it.</summary>
    /// <returns>What to tell the hosts; null when there is nothing.</returns>
    /// <exception cref="SlicePoolException">As <see cref="EnvironmentPacker.PackAsync"/>, <c>FileNotStored</c>, and the store's errors.</exception>
    public async Task<EnvironmentManifest?> SendAsync(IPoolStore store, RuntimeEnvironment? environment, CancellationToken cancellationToken)
    {
        if (environment is null or { IsEmpty: true })
        {
            return null;
        }

        PackedEnvironment packed = await packer.PackAsync(environment, cancellationToken);
        await ShipAsync(store, packed, cancellationToken);
        return packed.Manifest;
    }

    /// <summary>Sends what the store lacks. Without files the store is not even asked.</summary>
    public async Task ShipAsync(IPoolStore store, PackedEnvironment packed, CancellationToken cancellationToken)
    {
        if (packed.Sources.Count == 0)
        {
            return;
        }

        Dictionary<BlobId, SourceFile> sources = [];
        for (int i = 0; i < packed.Sources.Count; i++)
        {
            ShippedFile file = packed.Manifest.Files[i];
            sources.TryAdd(new BlobId(file.Sha256, file.Length), packed.Sources[i]);
        }

        IReadOnlyList<BlobId> missing = await store.FindMissingBlobsAsync([.. sources.Keys], cancellationToken);
        ParallelOptions sending = new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, sending, async (blob, token) => await SendAsync(store, sources[blob], blob, token));
    }

    private async Task SendAsync(IPoolStore store, SourceFile file, BlobId blob, CancellationToken cancellationToken)
    {
        try
        {
            using BlobSender sender = new(store, file, blob);
            await sender.SendAsync(cancellationToken);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "FileChanged")
        {
            hashes.Forget(file.Stamp);
            throw;
        }
    }
}
