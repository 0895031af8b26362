namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Tells from a server's own description what it is, and whether it can be a store.</summary>
internal static class ServerFitness
{
    private static readonly Version s_oldestRedis = new(7, 0);
    private static readonly Version s_oldestGarnet = new(2, 0);

    /// <summary>Judges the answer to <c>INFO server</c>.</summary>
    /// <param name="info">That answer.</param>
    /// <param name="name">What the server is: <c>redis 7.0.15</c>; empty when it cannot be told.</param>
    /// <returns>Null when it is fit, else why it is not.</returns>
    public static string? Judge(string info, out string name)
    {
        Dictionary<string, string> lines = Read(info);
        (string product, string? version, Version oldest) =
            lines.TryGetValue("garnet_version", out string? garnet) ? ("garnet", garnet, s_oldestGarnet)
            : lines.TryGetValue("valkey_version", out string? valkey) ? ("valkey", valkey, s_oldestRedis)
            : ("redis", lines.GetValueOrDefault("redis_version"), s_oldestRedis);
        name = version is null ? "" : $"{product} {version}";
        return !Version.TryParse(version, out Version? parsed) ? "it does not tell its version"
            : parsed < oldest ? $"it is {name}, older than {oldest}"
            : null;
    }

    /// <summary>Reads what a server says of itself: names and values, whatever their section.</summary>
    public static Dictionary<string, string> Read(string info)
    {
        Dictionary<string, string> lines = new(StringComparer.Ordinal);
        foreach (string line in info.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                lines[line[..colon]] = line[(colon + 1)..];
            }
        }

        return lines;
    }
}
