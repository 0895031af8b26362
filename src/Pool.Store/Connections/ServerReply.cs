using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>What the errors that servers answer with mean to us.</summary>
internal static class ServerReply
{
    private const string OurDamage = "EFDAMAGED ";

    // Of a connection that broke, StackExchange.Redis quotes what the server had answered, and begins with its form.
    private const string Quoted = "SimpleError: ";
    private const string RoomAdvice = "Give it more memory (maxmemory), or remove runs whose results nobody needs with Remove-SlicePoolRun. Leases are kept meanwhile.";
    private const string DiskAdvice = "Make room on the disk of that server, and see in its log why it cannot save.";

    /// <summary>Whether the server will be able to answer later.</summary>
    public static bool IsTransient(string code) => code is
        "LOADING" or "BUSY" or "MASTERDOWN" or "CLUSTERDOWN" or "READONLY" or "TRYAGAIN" or "NOREPLICAS" or "MOVED" or "ASK";

    /// <summary>Makes our error of what StackExchange.Redis threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="endpoint">Where the store is.</param>
    public static SlicePoolException Translate(RedisException exception, string endpoint) => exception switch
    {
        RedisServerException server => Translate(server, endpoint),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => StoreErrors.Authentication(endpoint, exception),
        _ => StoreErrors.Unreachable(endpoint, "the connection is down", exception),
    };

    /// <summary>Whether a script met a key of a type it cannot use.</summary>
    public static bool IsWrongType(RedisServerException exception) => exception.Message.Contains("WRONGTYPE", StringComparison.Ordinal);

    private static SlicePoolException Translate(RedisServerException exception, string endpoint)
    {
        string message = exception.Message.StartsWith(Quoted, StringComparison.Ordinal) ? exception.Message[Quoted.Length..] : exception.Message;
        string code = message.Split(' ')[0];
        int damage = message.IndexOf(OurDamage, StringComparison.Ordinal);
        if (damage >= 0)
        {
            return StoreErrors.Damaged(endpoint, $"the field '{Printable(message[(damage + OurDamage.Length)..])}'", exception);
        }

        return code switch
        {
            "NOAUTH" or "WRONGPASS" or "NOPERM" => StoreErrors.Authentication(endpoint, exception),
            "OOM" => StoreErrors.TakesNothing(endpoint, "it has reached its memory limit", RoomAdvice, exception),
            "MISCONF" => StoreErrors.TakesNothing(endpoint, "it cannot save its data to its disk", DiskAdvice, exception),
            _ when IsTransient(code) => StoreErrors.Unreachable(endpoint, $"it answers {code}", exception),
            _ when message.Contains("user_script", StringComparison.Ordinal) || message.Contains("Lua encountered", StringComparison.Ordinal) =>
                StoreErrors.Damaged(endpoint, "a script could not make sense of it", exception),
            _ => StoreErrors.Unfit(endpoint, $"it refuses with {Printable(code)}", exception),
        };
    }

    private static string Printable(string text) => Topology.PoolName.Printable(text);
}
