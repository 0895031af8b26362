using System.Collections.Concurrent;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Takes announcements from an agent's inbox. What one call took, the next one removes: so none is lost with an answer.</summary>
internal sealed class TakeInboxOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_script = StoreScript.Load("take_inbox");

    private readonly ConcurrentDictionary<string, (string From, int Count)> _taken = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> RunAsync(string agentId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        RedisKey[] used = [keys.Inbox(Identifier.Check(agentId, nameof(agentId))), keys.InboxPositions];
        (string from, int count) = _taken.GetValueOrDefault(agentId, ("", 0));
        RedisResult reply = await runner.ControlAsync(s_script, used, [agentId, limit, from, count], cancellationToken);
        RedisValue[] entries = (RedisValue[])reply[1]!;
        _taken[agentId] = ((string)reply[0]!, entries.Length);
        return Array.ConvertAll(entries, entry => (ReadOnlyMemory<byte>)entry);
    }
}
