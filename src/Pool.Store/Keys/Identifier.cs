using System.Buffers;
using Eformer.Pool.Topology;

namespace Eformer.Pool.RedisStore.Keys;

/// <summary>Refuses ids that would break out of a key, a channel or a field.</summary>
internal static class Identifier
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

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
