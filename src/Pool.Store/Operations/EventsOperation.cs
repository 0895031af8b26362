using System.Globalization;
using System.Text.Json;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Notes events and reads them. Their numbers and life are those that <see cref="PoolEvent"/> promises.</summary>
internal sealed class EventsOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int Most = 10_000;
    private const long LifeMs = 7L * 24 * 60 * 60 * 1000;

    private static readonly StoreScript s_note = StoreScript.Load("note");
    private static readonly StoreScript s_read = StoreScript.Load("read_events");

    private readonly RedisKey[] _keys = [keys.Events];

    public async Task NoteAsync(IReadOnlyList<PoolEvent> events, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
            [Most, LifeMs, .. events.Select(item => (RedisValue)JsonSerializer.SerializeToUtf8Bytes(item, StoreJson.Default.PoolEvent))];
        await runner.BulkAsync(s_note, _keys, arguments, cancellationToken);
    }

    public async Task<IReadOnlyList<PoolEvent>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        string[] entries = (string[])(await runner.BulkAsync(s_read, _keys, [limit, LifeMs], cancellationToken))!;
        return Array.ConvertAll(entries, Read);
    }

    private PoolEvent Read(string entry)
    {
        int bar = entry.IndexOf('|', StringComparison.Ordinal);
        try
        {
            return bar > 0
                && long.TryParse(entry.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out long time)
                && JsonSerializer.Deserialize(entry.AsSpan(bar + 1), StoreJson.Default.PoolEvent) is { } item
                ? item with { TimeMs = time }
                : throw Damaged(null);
        }
        catch (JsonException exception)
        {
            throw Damaged(exception);
        }
    }

    private SlicePoolException Damaged(Exception? cause) => StoreErrors.Damaged(runner.Connections.Endpoint, "an event", cause);
}
