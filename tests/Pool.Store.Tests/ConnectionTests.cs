using System.Globalization;
using Eformer.Pool.RedisStore.Tests.Servers;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class ConnectionTests(SharedServers servers) : StoreTests(servers)
{
    private const string Secret = "hunter2-secret";

    private readonly SharedServers _servers = servers;

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_fit_server_tells_what_it_is(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        Assert.Matches(kind != ServerKind.Garnet ? @"^(redis|valkey) \d+\.\d+\.\d+$" : @"^garnet 2\.\d+\.\d+$", await fleet.Store.CheckAsync(Token));
        Assert.Equal(fleet.Server.Address.Endpoint, fleet.Store.Endpoint);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_wrong_or_missing_password_is_an_authentication_error(ServerKind kind)
    {
        string endpoint = (await _servers.GetAsync(kind)).Address.Endpoint;
        await AssertFailsAsync(new() { Connection = endpoint, Password = Secret }, "StoreAuthentication", PoolErrorCategory.SecurityError, endpoint);
        await AssertFailsAsync(new() { Connection = $"{endpoint},password={Secret}" }, "StoreAuthentication", PoolErrorCategory.SecurityError, endpoint);
        await AssertFailsAsync(new() { Connection = endpoint }, "StoreAuthentication", PoolErrorCategory.SecurityError, endpoint);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Tls_to_a_server_without_it_fails_clearly(ServerKind kind)
    {
        string endpoint = (await _servers.GetAsync(kind)).Address.Endpoint;
        SlicePoolException error = await AssertFailsAsync(
            new() { Connection = $"{endpoint},ssl=true,password={Secret}" }, "StoreUnreachable", PoolErrorCategory.ConnectionError, endpoint);
        Assert.Contains("TLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_unreachable()
    {
        string endpoint = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ServerLauncher.FreePort()}");
        SlicePoolException error = await AssertFailsAsync(
            new() { Connection = endpoint, Password = Secret }, "StoreUnreachable", PoolErrorCategory.ConnectionError, endpoint);
        Assert.Contains("nothing listens", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    [InlineData("\0\u0001\u0002\u0003")]
    public async Task A_server_that_is_not_redis_is_unfit(string answer)
    {
        await using FakeRedis server = new(_ => answer);
        await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnfit", PoolErrorCategory.InvalidOperation, server.Endpoint);
    }

    [Theory]
    [InlineData(false, "says nothing")]
    [InlineData(true, "without a word")]
    public async Task What_says_nothing_may_be_a_store_that_stands_still_or_ends_and_is_unreachable_for_now(bool closes, string reason)
    {
        await using FakeRedis server = new(_ => closes ? throw new IOException() : null);
        SlicePoolException error = await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnreachable", PoolErrorCategory.ConnectionError, server.Endpoint);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_too_old_is_unfit()
    {
        await using FakeRedis server = new(FakeRedis.Redis("6.2.14", scripts: ""));
        SlicePoolException error = await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnfit", PoolErrorCategory.InvalidOperation, server.Endpoint);
        Assert.Contains("redis 6.2.14, older than 7.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_scripts_is_unfit()
    {
        await using FakeRedis server = new(FakeRedis.Redis("7.4.3", scripts: "-ERR unknown command\r\n"));
        await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnfit", PoolErrorCategory.InvalidOperation, server.Endpoint);
    }

    [Fact]
    public async Task A_server_that_is_loading_is_unreachable_for_now()
    {
        await using FakeRedis server = new(FakeRedis.Redis("7.0.15", scripts: "-LOADING Redis is loading the dataset in memory\r\n"));
        await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnreachable", PoolErrorCategory.ConnectionError, server.Endpoint);
    }

    [Fact]
    public async Task A_server_that_has_no_room_for_another_client_is_unreachable_for_now()
    {
        await using FakeRedis server = new(_ => "-ERR max number of clients reached\r\n");
        SlicePoolException error = await AssertFailsAsync(
            new() { Connection = server.Endpoint, Password = Secret }, "StoreUnreachable", PoolErrorCategory.ResourceUnavailable, server.Endpoint);
        Assert.Contains("maxclients", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_wait()
    {
        await using FakeRedis server = new(_ => null);
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await Eventually.AnswersAsync(
            Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreLoader.OpenAsync(new() { Connection = server.Endpoint }, patience.Token)), Token);
    }

    private static async Task<SlicePoolException> AssertFailsAsync(StoreOptions options, string id, PoolErrorCategory category, string endpoint)
    {
        SlicePoolException error = await Eventually.AnswersAsync(Assert.ThrowsAsync<SlicePoolException>(() => StoreLoader.OpenAsync(options, Token)), Token);
        Assert.Equal((id, category), (error.ErrorId, error.Category));
        Assert.Contains(endpoint, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        return error;
    }
}
