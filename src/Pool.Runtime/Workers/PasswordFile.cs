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
        string[] parts = store.Connection.Split(',', StringSplitOptions.TrimEntries);
        string? inline = Array.Find(parts, IsPassword)?[Option.Length..];
        string? password = string.IsNullOrEmpty(inline) ? store.Password : inline;
        PasswordFile file = new(
            string.Join(',', parts.Where(part => !IsPassword(part))), string.IsNullOrEmpty(password) ? null : PrivateFolder.CreateTemporary("eformer-"));
        if (file.Path is { } path)
        {
            File.WriteAllText(path, password);
        }

        return file;
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static bool IsPassword(string part) => part.StartsWith(Option, StringComparison.OrdinalIgnoreCase);
}
