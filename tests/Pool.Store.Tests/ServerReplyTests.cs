using Eformer.Pool.RedisStore.Connections;
using StackExchange.Redis;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>What servers answer, and what it is called here.</summary>
public sealed class ServerReplyTests
{
    [Theory]
    [InlineData("MISCONF Redis is configured to save RDB snapshots", "StoreUnreachable", "cannot save")]
    [InlineData("SimpleError: MISCONF Redis is configured to save RDB snapshots", "StoreUnreachable", "cannot save")]
    [InlineData("SimpleError: LOADING Redis is loading the dataset in memory", "StoreUnreachable", "LOADING")]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", "StoreUnreachable", "memory limit")]
    [InlineData("SimpleError: NOPERM this user has no permissions", "StoreAuthentication", "")]
    [InlineData("ERR unknown command", "StoreUnfit", "refuses with ERR")]
    public void An_error_means_the_same_however_it_is_quoted(string message, string id, string part)
    {
        SlicePoolException error = ServerReply.Translate(new RedisServerException(RedisErrorKind.UnknownError, CommandFlags.None, message), "server:6379");
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
