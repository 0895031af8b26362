using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Listens to a doorbell.</summary>
/// <remarks>
/// On a cluster a ring may be heard twice: the client also subscribes with each server that it connects to while the first subscription is on
/// its way. Nobody minds: a ring says "look again", and what rides in one has a number.
/// </remarks>
internal sealed class ListenOperation(ScriptRunner runner, FleetKeys keys)
{
    public async Task<IAsyncDisposable> RunAsync(Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken)
    {
        RedisChannel channel = RedisChannel.Literal(keys.Channel(doorbell with { Id = Identifier.Check(doorbell.Id, nameof(doorbell)) }));
        ISubscriber doorbells = await runner.Connections.DoorbellsAsync(cancellationToken);
        Task<ChannelMessageQueue> subscribing = doorbells.SubscribeAsync(channel);
        return new Listener(await runner.GuardAsync(subscribing, [], cancellationToken), handler);
    }
}
