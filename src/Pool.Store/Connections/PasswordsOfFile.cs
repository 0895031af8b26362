using Eformer.Pool.Store;
using StackExchange.Redis.Configuration;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Gives each connection that is made the password which the file has at that moment; that of the connection string where it has none.</summary>
/// <remarks>StackExchange.Redis asks its defaults whenever it logs in; an option it would take once and for ever.</remarks>
internal sealed class PasswordsOfFile(StoreOptions store) : DefaultOptionsProvider
{
    /// <inheritdoc/>
    public override string? Password => StoreAddressParser.ParseNow(store).Password;
}
