using System.Text.RegularExpressions;

namespace Eformer.Pool.Store;

/// <summary>A store named as a URI, as redis-cli takes it: <c>redis://user:password@host:port/database</c>, <c>rediss://</c> for TLS. Pure.</summary>
internal sealed partial class StoreUri
{
    private readonly string _start;
    private readonly string _user;
    private readonly string _end;

    private StoreUri(Match match)
    {
        string info = match.Groups["info"].Value;
        int colon = info.IndexOf(':', StringComparison.Ordinal);
        string scheme = match.Groups["scheme"].Value.ToUpperInvariant();
        Endpoint = match.Groups["endpoint"].Value;
        Ssl = scheme is "REDISS" or "VALKEYS" || (scheme is "REDIS" or "VALKEY" ? false : throw new FormatException("its scheme must be redis:// or rediss://"));
        Database = match.Groups["database"].Value;
        _user = colon < 0 ? "" : info[..colon];
        User = Decoded(_user);
        Password = Decoded(info[(colon + 1)..]);
        _start = $"{match.Groups["scheme"].Value}://";
        _end = Database.Length == 0 ? Endpoint : $"{Endpoint}/{Database}";
    }

    /// <summary>Host and port as they are written; the port may be missing.</summary>
    public string Endpoint { get; }

    /// <summary>Whether TLS is used.</summary>
    public bool Ssl { get; }

    /// <summary>User, decoded; null for the default one.</summary>
    public string? User { get; }

    /// <summary>Password, decoded; null for none. What stands before the host without a colon is one, as it is for redis-cli.</summary>
    public string? Password { get; }

    /// <summary>The database as it is written; empty for the first.</summary>
    public string Database { get; }

    /// <summary>The same without the password: it may be seen by everybody.</summary>
    public string WithoutPassword => _user.Length == 0 ? _start + _end : $"{_start}{_user}:@{_end}";

    /// <summary>Whether a connection string is meant as a URI.</summary>
    public static bool Is(string connection) => Scheme().IsMatch(connection);

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">It is none that names a store. The message says why and repeats nothing: it may be a password.</exception>
    public static StoreUri Read(string text)
    {
        Match match = Grammar().Match(text.Trim());
        return match.Success ? new StoreUri(match) : throw new FormatException(
            "a URI must be redis://user:password@host:port/database, any other character of user and password percent-encoded, and nothing after the database");
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => WithoutPassword;

    private static string? Decoded(string text) => text.Length == 0 ? null
        : Stray().IsMatch(text) ? throw new FormatException("a '%' in its user or password must be written as '%25'")
        : Uri.UnescapeDataString(text);

    [GeneratedRegex(@"\A\s*[A-Za-z][A-Za-z0-9+.-]*://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    // The last @ ends the password, so that one in it does no harm. After the host none may follow: a / in a password would end up there.
    [GeneratedRegex(@"\A(?<scheme>[A-Za-z0-9+.-]+)://(?:(?<info>[^/?#]*)@)?(?<endpoint>[^@/?#]*)(?:/(?<database>[^@/?#]*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Stray();
}
