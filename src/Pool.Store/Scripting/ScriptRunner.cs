using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Scripting;

/// <summary>Runs scripts and plain commands, and turns what goes wrong into our errors.</summary>
/// <remarks>
/// Scripts are sent as EVALSHA. StackExchange.Redis remembers which server knows which script; it sends the text along,
/// in the same packet, to one that does not, and again when the server says that it has forgotten.
/// </remarks>
internal sealed class ScriptRunner(StoreConnections connections)
{
    /// <summary>The connections it uses.</summary>
    public StoreConnections Connections => connections;

    /// <summary>Runs a script on the control connection.</summary>
    public Task<RedisResult> ControlAsync(StoreScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        GuardAsync(Send(connections.Control, script, keys, arguments), keys, cancellationToken);

    /// <summary>Runs a script on the bulk connection.</summary>
    public async Task<RedisResult> BulkAsync(StoreScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        IDatabase bulk = await connections.BulkAsync(cancellationToken);
        return await GuardAsync(Send(bulk, script, keys, arguments), keys, cancellationToken);
    }

    /// <summary>Sends a script without waiting for its answer, so that others can follow in the same packet.</summary>
    public static Task<RedisResult> Send(IDatabase database, StoreScript script, RedisKey[] keys, RedisValue[] arguments) =>
        database.ScriptEvaluateAsync(script.Text, keys, arguments, CommandFlags.DemandMaster);

    /// <summary>Waits for an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="keys">The keys it is about.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may still be executed.</param>
    public async Task<T> GuardAsync<T>(Task<T> answer, RedisKey[] keys, CancellationToken cancellationToken)
    {
        await GuardAsync((Task)answer, keys, cancellationToken);
        return await answer;
    }

    /// <summary>Waits for answers that tell nothing but whether there was an error.</summary>
    public async Task GuardAsync(Task answers, RedisKey[] keys, CancellationToken cancellationToken)
    {
        try
        {
            await answers.WaitAsync(cancellationToken);
        }
        catch (RedisServerException exception) when (ServerReply.IsWrongType(exception))
        {
            throw StoreErrors.Damaged(connections.Endpoint, await NameDamageAsync(keys, cancellationToken), exception);
        }
        catch (RedisException exception)
        {
            connections.Suspect();
            throw exception is not RedisServerException && connections.IsRefused ? StoreErrors.Refused(connections.Endpoint, exception)
                : ServerReply.Translate(exception, connections.Endpoint);
        }
        catch (TimeoutException exception)
        {
            connections.Suspect();
            throw Silent(exception);
        }
    }

    private SlicePoolException Silent(TimeoutException exception) =>
        StoreErrors.Unreachable(connections.Endpoint, "it did not answer in time; what was asked may still happen", exception);

    private async Task<string> NameDamageAsync(RedisKey[] keys, CancellationToken cancellationToken)
    {
        foreach (RedisKey key in keys)
        {
            RedisType type = await connections.Control.KeyTypeAsync(key, CommandFlags.DemandMaster).WaitAsync(cancellationToken);
            if (type != RedisType.None && type != KeyTypes.Of(key))
            {
                return $"the key '{key}' is a {type}, not a {KeyTypes.Of(key)}";
            }
        }

        return "a key was of the wrong type";
    }
}
