using System.Globalization;
using Eformer.Pool.RedisStore.Operations;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>Tries on a server what must work, under keys and channels of its own, and leaves nothing there.</summary>
internal sealed class StoreProbe(ConnectionMultiplexer first, ConnectionMultiplexer second, string fleet, TimeProvider time)
{
    private const int Rounds = 3;
    private const int ScriptsEach = 8;
    private const int CountsEach = 500;
    private const int LifeMs = 60_000;
    private static readonly TimeSpan s_hearing = TimeSpan.FromSeconds(2);
    private static readonly StoreScript s_script = StoreScript.Load("probe");

    private readonly string _name = $"{{ef:{fleet}}}:probe:{Nonce.Next()}";

    /// <summary>Has two connections count at once, by scripts.</summary>
    /// <returns>How far they came, and how far they should have; null when scripts do not run.</returns>
    public async Task<(long Counted, long Expected)?> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(Send(first).Concat(Send(second))).WaitAsync(cancellationToken);
            }

            string? counted = await first.GetDatabase().StringGetAsync(_name).WaitAsync(cancellationToken);
            await first.GetDatabase().KeyDeleteAsync(_name).WaitAsync(cancellationToken);
            return (long.Parse(counted ?? "0", CultureInfo.InvariantCulture), Rounds * 2 * ScriptsEach * CountsEach);
        }
        catch (RedisServerException)
        {
            // What some may have counted all the same lapses by itself.
            return null;
        }
    }

    /// <summary>Rings a doorbell. Whether it was heard.</summary>
    public async Task<bool> RingAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RedisChannel bell = RedisChannel.Literal(_name);
        try
        {
            await second.GetSubscriber().SubscribeAsync(bell, (_, _) => heard.TrySetResult()).WaitAsync(cancellationToken);
            await first.GetSubscriber().PublishAsync(bell, "x").WaitAsync(cancellationToken);
            await heard.Task.WaitAsync(s_hearing, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or RedisException)
        {
            return false;
        }
    }

    private Task<RedisResult>[] Send(ConnectionMultiplexer server) =>
        [.. Enumerable.Range(0, ScriptsEach).Select(_ => ScriptRunner.Send(server.GetDatabase(), s_script, [_name], [CountsEach, LifeMs]))];
}
