namespace Eformer.Pool.Store;

/// <summary>How to reach a store.</summary>
public sealed record StoreOptions
{
    /// <summary>
    /// Endpoint and options in the form of StackExchange.Redis: <c>host:port[,password=…][,user=…][,ssl=true]</c>; several endpoints of a
    /// cluster, or of sentinels with <c>serviceName=</c>; or a URI as redis-cli takes it: <c>redis://user:password@host:port/database</c>,
    /// <c>rediss://</c> for TLS. May hold a password, so it is never printed.
    /// </summary>
    public required string Connection { get; init; }

    /// <summary>The fleet.</summary>
    public string Fleet { get; init; } = "default";

    /// <summary>Password, when it is not in <see cref="Connection"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Password of the sentinels, when it is not in <see cref="Connection"/>.</summary>
    public string? SentinelPassword { get; init; }

    /// <summary>
    /// The file that the passwords came from; null where there is none. Whoever connects reads it again each time, so that passwords can be
    /// changed while connections last.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>Allows a store that is not on this machine to be reached without TLS.</summary>
    public bool AllowInsecureTransport { get; init; }

    /// <summary>The same with the passwords of a file: the store's on its first line, that of its sentinels on the second.</summary>
    /// <param name="path">The file.</param>
    public StoreOptions WithPasswordsOf(string path)
    {
        string[] lines = File.ReadAllText(path).TrimEnd().Split('\n', 2, StringSplitOptions.TrimEntries);
        return this with
        {
            Password = lines[0].Length == 0 ? null : lines[0],
            SentinelPassword = lines.Length < 2 ? null : lines[1],
            PasswordFile = Path.GetFullPath(path),
        };
    }

    /// <summary>The same with the passwords that <see cref="PasswordFile"/> has by now; those it had where it cannot be read any more.</summary>
    public StoreOptions Refreshed()
    {
        try
        {
            return PasswordFile is null ? this : WithPasswordsOf(PasswordFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A worker that was started by a command got a file that lasted no longer than its start.
            return this;
        }
    }

    /// <summary>The fleet alone: connection and passwords are secrets, and what is printed ends up in logs.</summary>
    public override string ToString() => $"{nameof(StoreOptions)} {{ Fleet = {Fleet} }}";

    /// <summary>Name of the connection, for the server's client list.</summary>
    public string ClientName { get; init; } = "eformer";
}
