using Eformer.Pool.Files;
using Eformer.Pool.Store;

namespace Eformer.Pool.Workers;

/// <summary>Takes the password out of a connection string and hands it over in a file, because arguments are seen by everybody.</summary>
internal sealed class PasswordFile : IDisposable
{
    private const string Option = "password=";
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
        (string connection, string? inline) = Split(store.Connection);
        string? password = string.IsNullOrEmpty(inline) ? store.Password : inline;
        PasswordFile file = new(connection, string.IsNullOrEmpty(password) ? null : PrivateFolder.CreateTemporary("eformer-"));
        try
        {
            if (file.Path is { } path)
            {
                File.WriteAllText(path, password);
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

    private static (string Connection, string? Password) Split(string connection)
    {
        if (StoreUri.Is(connection))
        {
            StoreUri uri = StoreUri.Read(connection);
            return (uri.WithoutPassword, uri.Password);
        }

        string[] parts = connection.Split(',', StringSplitOptions.TrimEntries);
        return (string.Join(',', parts.Where(part => !IsPassword(part))), Array.Find(parts, IsPassword)?[Option.Length..]);
    }

    private static bool IsPassword(string part) => part.StartsWith(Option, StringComparison.OrdinalIgnoreCase);
}
