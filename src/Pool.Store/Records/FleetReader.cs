using System.Globalization;
using System.Text.Json;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Records;

/// <summary>Makes a snapshot of what <c>read_fleet.lua</c> answered.</summary>
internal sealed class FleetReader(RedisResult reply, string endpoint)
{
    private const NumberStyles Score = NumberStyles.Float;

    private readonly long _now = (long)reply[0];

    public FleetSnapshot Read() => new((string?)reply[1] ?? "", ReadHosts(), ReadLeases(), ReadPools());

    private List<HostRecord> ReadHosts()
    {
        RedisValue[] hosts = Pairs(2);
        Dictionary<string, string> states = Map(3), incarnations = Map(4), beats = Map(5);
        List<HostRecord> records = new(hosts.Length / 2);
        for (int i = 0; i < hosts.Length; i += 2)
        {
            string host = (string)hosts[i]!;
            // One without a state was half deleted by somebody else; its agent will register it again.
            if (states.TryGetValue(host, out string? text))
            {
                HostField state = HostField.TryRead(text, out HostField read) ? read : throw Damaged("state of host", host);
                records.Add(Join(ReadRegistration(host, hosts[i + 1]), state, incarnations, beats));
            }
        }

        records.Sort(static (a, b) => string.CompareOrdinal(a.Registration.Host, b.Registration.Host));
        return records;
    }

    private HostRecord Join(
        HostRegistration registration, HostField state, Dictionary<string, string> incarnations, Dictionary<string, string> beats) =>
        new(
            registration,
            state.AgentId,
            incarnations.GetValueOrDefault(state.AgentId, ""),
            Remaining(beats, state.AgentId) > 0,
            state.State,
            state.LeaseId,
            state.Epoch,
            state.FenceEpoch);

    private HostRegistration ReadRegistration(string host, RedisValue json)
    {
        try
        {
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)json).Span, StoreJson.Default.HostRegistration)
                ?? throw Damaged("record of host", host);
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

    private List<PoolRecord> ReadPools()
    {
        Dictionary<string, string> expiries = Map(10);
        return [.. Map(9).Select(pool => PoolField.TryRead(pool.Value, out PoolField field)
            ? new PoolRecord(pool.Key, field.OwnerId, field.Owner, field.CreatedMs, Remaining(expiries, pool.Key))
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
