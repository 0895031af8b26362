using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Eformer.Pool.Payloads;

/// <summary>The identity of a runtime environment: everything in it, each part with its length before it.</summary>
public static class EnvironmentHash
{
    /// <summary>SHA-256 over everything in a manifest but its <see cref="EnvironmentManifest.Hash"/>, hex, lower case.</summary>
    public static string Of(EnvironmentManifest manifest)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddCount(hash, manifest.Functions.Count);
        foreach ((string name, string body) in manifest.Functions.OrderBy(function => function.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, body);
        }

        AddCount(hash, manifest.Modules.Count);
        foreach (string module in manifest.Modules)
        {
            Add(hash, module);
        }

        AddCount(hash, manifest.Files.Count);
        foreach (ShippedFile file in manifest.Files)
        {
            Add(hash, file.Path);
            AddCount(hash, file.Length);
            Add(hash, file.Sha256);
            AddCount(hash, file.Executable ? 1 : 0);
        }

        AddCount(hash, manifest.InitializationScript is null ? 0 : 1);
        Add(hash, manifest.InitializationScript ?? "");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AddCount(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AddCount(IncrementalHash hash, long count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, count);
        hash.AppendData(bytes);
    }
}
