using System.Text.Json;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Puts a lease back that the store has lost.</summary>
internal sealed class ReassertOperation(ScriptRunner runner, FleetKeys keys, BumpGenerationOperation generation)
{
    private static readonly StoreScript s_script = StoreScript.Load("reassert");

    private readonly RedisKey[] _keys =
    [
        keys.Meta, keys.State, keys.Beats, keys.Leases, keys.LeaseExpiries, keys.LeaseRenewals, keys.Pools, keys.PoolExpiries,
        keys.PoolAttendances,
    ];

    public async Task<ReassertReply> RunAsync(ReassertRequest request, CancellationToken cancellationToken)
    {
        LeaseGrant grant = request.Grant;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Epoch, nameof(request));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grant.TtlMs, nameof(request));
        ArgumentOutOfRangeException.ThrowIfZero(Identifier.CheckHosts(grant.Hosts).Count, nameof(request));
        RedisValue[] arguments =
        [
            Identifier.Check(request.LeaseId, nameof(request)),
            request.Epoch,
            Identifier.Check(request.Generation, nameof(request)),
            grant.TtlMs,
            PoolName.Check(grant.Pool, "pool"),
            Identifier.Check(grant.OwnerId, nameof(request)),
            grant.Owner,
            Nonce.Next(),
            JsonSerializer.SerializeToUtf8Bytes(grant, StoreJson.Default.LeaseGrant),
            .. grant.Hosts.Select(host => (RedisValue)host),
        ];
        await generation.EnsureAsync(cancellationToken);
        RedisResult reply = await runner.ControlAsync(s_script, _keys, arguments, cancellationToken);
        ReassertStatus status = (string?)reply[0] switch
        {
            "C" => ReassertStatus.Confirmed,
            "W" => ReassertStatus.Waiting,
            "P" => ReassertStatus.PoolInUse,
            _ => ReassertStatus.Refused,
        };
        return new ReassertReply(status, (string?)reply[1] ?? "");
    }
}
