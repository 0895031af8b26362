using System.Security.Cryptography;
using Eformer.Pool.Payloads;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>A driver's files on their way through real servers.</summary>
public sealed class BlobShippingTests(SharedServers servers) : StoreTests(servers), IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eformer-test-");
    private readonly FileHashes _hashes = new(TimeProvider.System);

    private EnvironmentShipper Shipper => new(new EnvironmentPacker(_hashes, EnvironmentLimits.Default), _hashes);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_file_of_50_MB_and_many_small_ones_arrive_whole(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await File.WriteAllBytesAsync(PathOf("large"), BlobContent.Random((50 * 1024 * 1024) + 1, 1).Bytes, Token);
        for (int i = 0; i < 300; i++)
        {
            await File.WriteAllBytesAsync(PathOf($"small{i}"), BlobContent.Random(100, i).Bytes, Token);
        }

        EnvironmentManifest manifest = (await Shipper.SendAsync(fleet.Store, new RuntimeEnvironment { Files = [_folder.FullName] }, Token))!;
        Assert.Equal(301, manifest.Files.Count);
        foreach (ShippedFile file in manifest.Files)
        {
            Assert.Equal(file.Sha256, await HashAsync(fleet.Store, new BlobId(file.Sha256, file.Length)));
        }

        await ForgetAsync(fleet, manifest);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Two_drivers_that_ship_the_same_at_once_and_one_that_has_something_else_leave_the_right_one(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await using IPoolStore another = await fleet.OpenAnotherAsync();
        BlobContent content = BlobContent.Random(40 * BlobId.PieceBytes, 2), other = BlobContent.Random(40 * BlobId.PieceBytes, 3);
        await File.WriteAllBytesAsync(PathOf("a"), content.Bytes, Token);
        RuntimeEnvironment environment = new() { Files = [PathOf("a")] };
        for (int i = 0; i < 7; i++)
        {
            await another.PutBlobAsync(other.PieceAs(content.Id, i), Token);
        }

        await Task.WhenAll(Shipper.SendAsync(fleet.Store, environment, Token), Shipper.SendAsync(another, environment, Token));
        Assert.Equal(content.Id.Sha256, await HashAsync(fleet.Store, content.Id));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static async Task<string> HashAsync(IPoolStore store, BlobId blob)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < blob.PieceCount; i++)
        {
            hash.AppendData((await store.ReadBlobAsync(blob, i, Token))!.Value.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The servers are shared by all tests, and none of them is large.
    private static Task ForgetAsync(TestFleet fleet, EnvironmentManifest manifest) =>
        Task.WhenAll(manifest.Files.Select(file => fleet.Store.ForgetBlobAsync(new BlobId(file.Sha256, file.Length), Token)));
}
