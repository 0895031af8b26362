using Eformer.Pool.Files;
using Eformer.Pool.Store;

namespace Eformer.Pool.Workers;

/// <summary>
/// Takes passwords out of a connection string and hands them over in a file, because arguments are seen by everybody: the store's on the
/// first line, that of its sentinels on the second; <see cref="StoreOptions.WithPasswordsOf"/> reads it.
/// </summary>
internal sealed class PasswordFile : IDisposable
{
    private const string Option = "password=";
    private const string SentinelOption = "sentinelPassword=";
    private readonly string? _folder;

    private PasswordFile(string connection, string? folder)
    {
        Connection = connection;
        _folder = folder;
    }

    /// <summary>The connection string without the password.</summary>
    public string Connection { get; }

    /// <summary>The file; null when there is no password.</summary>
    public string? Path => _folder is null ? null : System.IO.Path.Combine(_folder, "password");

    /// <summary>Writes the file, if there is a password. It goes when this is disposed of.</summary>
    public static PasswordFile Write(StoreOptions store)
    {
        (string connection, string? inline, string? sentinels) = Split(store.Connection);
        string password = Either(inline, store.Password), sentinelPassword = Either(sentinels, store.SentinelPassword);
        string content = sentinelPassword.Length == 0 ? password : $"{password}\n{sentinelPassword}";
        PasswordFile file = new(connection, content.Length == 0 ? null : PrivateFolder.CreateTemporary("eformer-"));
        try
        {
            if (file.Path is { } path)
            {
                File.WriteAllText(path, content);
            }

            return file;
        }
        catch (IOException exception)
        {
            file.Dispose();
            throw PrivateFolder.TemporaryUnusable(System.IO.Path.GetTempPath(), exception);
        }
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Either(string? inline, string? separate) => string.IsNullOrEmpty(inline) ? separate ?? "" : inline;

    private static (string Connection, string? Password, string? SentinelPassword) Split(string connection)
    {
        if (StoreUri.Is(connection))
        {
            StoreUri uri = StoreUri.Read(connection);
            return (uri.WithoutPassword, uri.Password, null);
        }

        string[] parts = connection.Split(',', StringSplitOptions.TrimEntries);
        return (string.Join(',', parts.Where(part => Value(part, Option) is null && Value(part, SentinelOption) is null)), Find(parts, Option), Find(parts, SentinelOption));
    }

    private static string? Find(string[] parts, string option) => parts.Select(part => Value(part, option)).FirstOrDefault(value => value is not null);

    private static string? Value(string part, string option) => part.StartsWith(option, StringComparison.OrdinalIgnoreCase) ? part[option.Length..] : null;
}
