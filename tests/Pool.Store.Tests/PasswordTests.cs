using Eformer.Pool.Store;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>A store's password that is changed while somebody is connected.</summary>
public sealed class PasswordTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_is_made_anew_has_the_password_that_the_file_has_by_then()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await File.WriteAllTextAsync(_file, server.Address.Password, Token);
        await using IPoolStore store = await StoreLoader.OpenAsync((server.Options("f") with { Password = null }).WithPasswordsOf(_file), Token);
        await File.WriteAllTextAsync(_file, "an0ther", Token);
        await ChangeAsync(server, "an0ther");
        await Eventually.TrueAsync(async () => await TroubleAsync(store) is null, "the store answers again", Token);
    }

    [Fact]
    public async Task A_file_that_has_only_the_sentinels_leaves_the_one_of_the_connection_string()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await File.WriteAllTextAsync(_file, "\nof the sentinels", Token);
        StoreOptions options = new() { Connection = $"{server.Address.Endpoint},password={server.Address.Password}", Fleet = "f" };
        await using IPoolStore store = await StoreLoader.OpenAsync(options.WithPasswordsOf(_file), Token);
        Assert.Null(await TroubleAsync(store));
    }

    [Fact]
    public async Task Whoever_has_only_the_old_password_learns_that_it_is_refused()
    {
        await using TestServer server = await ServerLauncher.StartAsync(ServerKind.Redis, Token);
        await using IPoolStore store = await StoreLoader.OpenAsync(server.Options("f"), Token);
        await ChangeAsync(server, "an0ther");
        SlicePoolException? error = null;
        await Eventually.TrueAsync(
            async () => (error = await TroubleAsync(store))?.Message.Contains("by now it refuses", StringComparison.Ordinal) == true,
            () => $"the error tells of the password: {error}", Token);
        Assert.Equal("StoreUnreachable", error!.ErrorId);
    }

    public void Dispose() => File.Delete(_file);

    // As a server does that is started with another password: who is connected is not any more.
    private static async Task ChangeAsync(TestServer server, string password)
    {
        await using ConnectionMultiplexer raw = await ConnectionMultiplexer.ConnectAsync($"{server.Address.Endpoint},password={server.Address.Password},allowAdmin=true");
        IDatabase database = raw.GetDatabase();
        await database.ExecuteAsync("CONFIG", "SET", "requirepass", password);
        await database.ExecuteAsync("CLIENT", "KILL", "TYPE", "PUBSUB");
        await database.ExecuteAsync("CLIENT", "KILL", "TYPE", "NORMAL", "SKIPME", "YES");
    }

    private static async Task<SlicePoolException?> TroubleAsync(IPoolStore store)
    {
        try
        {
            await store.ReadFleetAsync(Token);
            await store.ReapAsync(Token);
            return null;
        }
        catch (SlicePoolException error)
        {
            return error;
        }
    }
}
