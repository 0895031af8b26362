using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Listens to a doorbell.</summary>
internal sealed class ListenOperation(ScriptRunner runner, FleetKeys keys)
{
    public async Task<IAsyncDisposable> RunAsync(Doorbell doorbell, Action<ReadOnlyMemory<byte>> handler, CancellationToken cancellationToken)
    {
        RedisChannel channel = RedisChannel.Literal(keys.Channel(doorbell with { Id = Identifier.Check(doorbell.Id, nameof(doorbell)) }));
        Task<ChannelMessageQueue> subscribing = runner.Connections.Doorbells.SubscribeAsync(channel);
        return new Listener(await runner.GuardAsync(subscribing, [], cancellationToken), handler);
    }
}
