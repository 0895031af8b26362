using System.Runtime.Versioning;
using System.Security.Cryptography;
using Eformer.Pool.HostWorker.Runners;
using Eformer.Pool.HostWorker.RuntimeEnvironments;
using Eformer.Pool.HostWorker.Tests.Support;
using Eformer.Pool.Payloads;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Microsoft.Extensions.Time.Testing;

namespace Eformer.Pool.HostWorker.Tests.RuntimeEnvironments;

/// <summary>A driver's files, a store and a host's cache.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class CacheBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eformer-test-");

    public CacheBench(CacheLimits? limits = null)
    {
        Limits = limits ?? CacheLimits.Default;
        Cache = Open();
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public MemoryStore Store { get; } = new(TimeProvider.System);

    public CacheLimits Limits { get; }

    public ListLogger Log { get; } = new();

    public EnvironmentCache Cache { get; private set; }

    public string CacheFolder => Path.Combine(_folder.FullName, "state", "cache");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Writes a file of the driver.</summary>
    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, "driver", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content = "content") => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>A module of one script, and a file beside it.</summary>
    public ModuleFolder WriteModule(string name, string script = "function Get-Night { 'night' }")
    {
        string path = Write($"{name}/{name}.psm1", script);
        Write($"{name}/data/about.txt");
        return new ModuleFolder(name, Path.GetDirectoryName(path)!, name + ".psm1");
    }

    /// <summary>Packs and ships as a driver does.</summary>
    public async Task<EnvironmentManifest> ShipAsync(RuntimeEnvironment environment)
    {
        FileHashes hashes = new(TimeProvider.System);
        EnvironmentShipper shipper = new(new EnvironmentPacker(hashes, EnvironmentLimits.Default), hashes);
        return (await shipper.SendAsync(Store, environment, Token))!;
    }

    public Task<EnvironmentManifest> ShipAsync(params string[] files) => ShipAsync(new RuntimeEnvironment { Files = files });

    public Task<RunnerSetup> PrepareAsync(EnvironmentManifest manifest, string host = "h0", string lease = "l1", IPoolStore? store = null) =>
        Cache.PrepareAsync(store ?? Store, manifest, host, lease, Token);

    /// <summary>Where the cache keeps content.</summary>
    public string BlobOf(string sha256) => Path.Combine(CacheFolder, "blobs", sha256[..2], sha256);

    /// <summary>Everything in a folder of the cache, relative.</summary>
    public string[] Files(string folder)
    {
        string path = Path.Combine(CacheFolder, folder);
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The agent ends and starts again.</summary>
    public async Task RestartAsync()
    {
        await Cache.DisposeAsync();
        Cache = Open();
    }

    /// <summary>A manifest with the hash it should have.</summary>
    public static EnvironmentManifest Manifest(params ShippedFile[] files)
    {
        EnvironmentManifest manifest = new()
        {
            Hash = "", Functions = new Dictionary<string, string>(), Modules = [], Files = files, InitializationScript = null,
        };
        return manifest with { Hash = EnvironmentHash.Of(manifest) };
    }

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        await Store.DisposeAsync();
        Assert.Null(FolderRemoval.TryRemove(_folder.FullName));
    }

    private EnvironmentCache Open() => new(Path.Combine(_folder.FullName, "state"), Limits, Clock, Log);
}
