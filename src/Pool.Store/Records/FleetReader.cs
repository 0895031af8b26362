using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>Makes a snapshot of what <c>read_fleet.lua</c> answered.</summary>
internal sealed class FleetReader(RedisResult reply, string endpoint)
{
    private const NumberStyles Score = NumberStyles.Float;

    // Five heartbeats: who has not been heard by then is not there.
    private const long RecoveryMs = 15_000;

    private readonly long _now = (long)reply[0];

    public FleetSnapshot Read()
    {
        List<PoolRecord> pools = ReadPools();
        return new FleetSnapshot((string?)reply[1] ?? "", ReadHosts(), ReadLeases(), pools)
        {
            Demands = ReadDemands(pools),
            RecoveringMs = string.IsNullOrEmpty((string?)reply[1]) ? RecoveryMs
                : long.TryParse((string?)reply[17], NumberStyles.None, CultureInfo.InvariantCulture, out long bumped)
                    ? Math.Max(0, bumped + RecoveryMs - _now)
                    : 0,
        };
    }

    private List<HostRecord> ReadHosts()
    {
        RedisValue[] hosts = Pairs(2);
        Dictionary<string, string> states = Map(3), incarnations = Map(4), beats = Map(5);
        Dictionary<string, string> suspended = Map(13), health = Map(15), loads = Map(16);

        // A fleet may have ten thousand hosts, but those of a slice are in the same state, and those of an agent have its load.
        Dictionary<string, HostField> knownStates = new(StringComparer.Ordinal);
        Dictionary<string, AgentLoad?> knownLoads = new(StringComparer.Ordinal);
        List<HostRecord> records = new(hosts.Length / 2);
        for (int i = 0; i < hosts.Length; i += 2)
        {
            string host = (string)hosts[i]!;
            // One without a state was half deleted by somebody else; its agent will register it again.
            if (!states.TryGetValue(host, out string? text))
            {
                continue;
            }

            if (!knownStates.TryGetValue(text, out HostField state))
            {
                state = HostField.TryRead(text, out HostField read) ? read : throw Damaged("state of host", host);
                knownStates.Add(text, state);
            }

            if (!knownLoads.TryGetValue(state.AgentId, out AgentLoad? load))
            {
                load = ReadJson(loads, state.AgentId, StoreJson.Default.AgentLoad);
                knownLoads.Add(state.AgentId, load);
            }

            records.Add(new HostRecord(
                ReadRegistration(host, hosts[i + 1]),
                state.AgentId,
                incarnations.GetValueOrDefault(state.AgentId, ""),
                Remaining(beats, state.AgentId) > 0,
                state.State,
                state.LeaseId,
                state.Epoch,
                state.FenceEpoch)
            {
                Suspension = suspended.TryGetValue(host, out string? wish) ? ReadSuspension(host, wish) : null,
                Health = ReadJson(health, host, StoreJson.Default.HostHealth) ?? HostHealth.Unknown,
                Load = load,
            });
        }

        records.Sort(static (a, b) => string.CompareOrdinal(a.Registration.Host, b.Registration.Host));
        return records;
    }

    private HostRegistration ReadRegistration(string host, RedisValue json)
    {
        try
        {
            // One that names another host would be there twice.
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)json).Span, StoreJson.Default.HostRegistration) is { } read && read.Host == host
                ? read
                : throw Damaged("record of host", host);
        }
        catch (JsonException exception)
        {
            throw Damaged("record of host", host, exception);
        }
    }

    private List<LeaseRecord> ReadLeases()
    {
        Dictionary<string, string> expiries = Map(7), renewals = Map(8);
        return [.. Map(6).Select(lease => LeaseField.TryRead(lease.Value, out LeaseField field)
            ? new LeaseRecord(
                lease.Key, field.Epoch, field.Generation, field.Grant, Number(renewals, lease.Key), Remaining(expiries, lease.Key))
            : throw Damaged("lease", lease.Key))];
    }

    private HostSuspension ReadSuspension(string host, string text) =>
        SuspensionField.TryRead(text, _now, out HostSuspension suspension) ? suspension : throw Damaged("suspension of host", host);

    private T? ReadJson<T>(Dictionary<string, string> map, string name, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return map.TryGetValue(name, out string? text) ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException exception)
        {
            throw Damaged(typeof(T).Name + " of", name, exception);
        }
    }

    private List<DemandRecord> ReadDemands(List<PoolRecord> pools)
    {
        HashSet<string> owners = [.. pools.Where(pool => pool.RemainingMs > 0).Select(pool => pool.OwnerId)];
        List<DemandRecord> demands = [.. Map(14).Select(entry => DemandField.TryRead(entry.Value, out DemandRecord demand)
            ? demand
            : throw Damaged("demand of pool", entry.Key))];
        return [.. demands.Where(demand => owners.Contains(demand.OwnerId)).OrderBy(demand => demand.SinceMs).ThenBy(demand => demand.Pool, StringComparer.Ordinal)];
    }

    private List<PoolRecord> ReadPools()
    {
        Dictionary<string, string> expiries = Map(10), attended = Map(11);
        Dictionary<string, RedisValue> keeps = Pairs(12).Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => pair[1], StringComparer.Ordinal);
        return [.. Map(9).Select(pool => PoolField.TryRead(pool.Value, out PoolField field)
            ? new PoolRecord(pool.Key, field.OwnerId, field.Owner, field.CreatedMs, Remaining(expiries, pool.Key))
            {
                AttendedMs = Remaining(attended, pool.Key),
                Keep = keeps.TryGetValue(pool.Key, out RedisValue keep) ? (ReadOnlyMemory<byte>)keep : default,
            }
            : throw Damaged("pool", pool.Key))];
    }

    // What has no expiry has lapsed.
    private long Remaining(Dictionary<string, string> expiries, string name) =>
        expiries.TryGetValue(name, out string? text) && double.TryParse(text, Score, CultureInfo.InvariantCulture, out double expiry)
            ? (long)expiry - _now
            : 0;

    private static long Number(Dictionary<string, string> numbers, string name) =>
        long.TryParse(numbers.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private RedisValue[] Pairs(int index) => (RedisValue[])reply[index]!;

    private Dictionary<string, string> Map(int index)
    {
        RedisValue[] pairs = Pairs(index);
        Dictionary<string, string> map = new(pairs.Length / 2, StringComparer.Ordinal);
        for (int i = 0; i < pairs.Length; i += 2)
        {
            map[(string)pairs[i]!] = (string)pairs[i + 1]!;
        }

        return map;
    }

    private SlicePoolException Damaged(string what, string name, Exception? cause = null) =>
        StoreErrors.Damaged(endpoint, $"the {what} '{PoolName.Printable(name)}'", cause);
}
