using StackExchange.Redis;

namespace Eformer.Pool.Bench.Driving;

/// <summary>Plain connections to a store, past everything of ours.</summary>
internal static class StoreConnection
{
    /// <summary>Connects.</summary>
    public static Task<ConnectionMultiplexer> OpenAsync(string endpoint, string password)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(endpoint);
        options.Password = password;
        return ConnectionMultiplexer.ConnectAsync(options);
    }
}
