using System.Buffers;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>Refuses ids that would break out of a key, a channel or a field.</summary>
internal static class Identifier
{
    private const int MaxLength = 128;
    private const int DigestLength = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Checks an id of an agent, owner, driver, incarnation or lease.</summary>
    public static string Check(string id, string parameter) =>
        id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(s_allowed)
            ? id
            : throw new ArgumentException(
                $"'{PoolName.Printable(id)}' is not an id: 1 to {MaxLength} of a-z, A-Z, 0-9, '.', '_' and '-'.", parameter);

    /// <summary>Checks the id of a run: its length goes before it in every notice of its log, as one byte.</summary>
    public static string CheckRun(string id) =>
        PoolName.IsValid(id)
            ? id
            : throw new ArgumentException(
                $"'{PoolName.Printable(id)}' is not the id of a run: 1 to {PoolName.MaxLength} of a-z, 0-9, '.', '_' and '-'.", nameof(id));

    /// <summary>Checks the name and the length of a blob.</summary>
    public static BlobId CheckBlob(BlobId blob)
    {
        CheckDigest(blob.Sha256, nameof(blob));
        ArgumentOutOfRangeException.ThrowIfNegative(blob.Length, nameof(blob));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blob.Length, BlobId.MaxLength, nameof(blob));
        return blob;
    }

    /// <summary>Checks that a text is a SHA-256 in hex, lower case.</summary>
    public static string CheckDigest(string digest, string parameter) =>
        digest is { Length: DigestLength } && !digest.AsSpan().ContainsAnyExcept(s_hex)
            ? digest
            : throw new ArgumentException($"'{PoolName.Printable(digest)}' is not a SHA-256: {DigestLength} hex digits.", parameter);

    /// <summary>Checks keys of hosts, each named once.</summary>
    public static IReadOnlyList<string> CheckHosts(IReadOnlyList<string> hosts)
    {
        HashSet<string> seen = new(hosts.Count, StringComparer.Ordinal);
        foreach (string host in hosts)
        {
            if (!seen.Add(PoolName.Check(host, "host")))
            {
                throw new ArgumentException($"Host '{host}' is named twice.", nameof(hosts));
            }
        }

        return hosts;
    }
}
