using System.Globalization;
using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Leases all hosts of one slice, or none.</summary>
internal sealed class AcquireOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
{
    private static readonly StoreScript s_script = StoreScript.Load("acquire");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.State, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries,
        keys.PoolAttendances, keys.Suspended,
    ];

    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Agent);

    public async Task<AcquireReply> RunAsync(AcquireRequest request, CancellationToken cancellationToken)
    {
        LeaseGrant grant = request.Grant;
        // A lease of no hosts would be a grant of nothing that looks like one.
        ArgumentOutOfRangeException.ThrowIfZero(Identifier.CheckHosts(grant.Hosts).Count, nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grant.TtlMs, nameof(request));
        RedisValue[] arguments =
        [
            Identifier.Check(request.LeaseId, nameof(request)),
            grant.TtlMs,
            PoolName.Check(grant.Pool, "pool"),
            Identifier.Check(grant.OwnerId, nameof(request)),
            grant.Owner,
            Nonce.Next(),
            JsonSerializer.SerializeToUtf8Bytes(grant, StoreJson.Default.LeaseGrant),
            _bell,
            .. grant.Hosts.Select(host => (RedisValue)host),
        ];
        await generation.EnsureAsync(cancellationToken);
        RedisResult reply = await runner.ControlAsync(s_script, _keys, arguments, cancellationToken);
        return Read(reply);
    }

    private static AcquireReply Read(RedisResult reply) => (string?)reply[0] switch
    {
        "G" => new AcquireReply(
            AcquireStatus.Granted, long.Parse((string)reply[1]!, NumberStyles.None, CultureInfo.InvariantCulture), (string)reply[2]!, ""),
        "P" => new AcquireReply(AcquireStatus.PoolInUse, 0, "", (string)reply[1]!),
        _ => new AcquireReply(AcquireStatus.Conflict, 0, "", (string)reply[1]!),
    };
}
