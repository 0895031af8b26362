using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Records;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Keeps placements off hosts, and takes that back.</summary>
internal sealed class SuspendOperation(ScriptRunner runner, FleetKeys keys)
{
    private static readonly StoreScript s_suspend = StoreScript.Load("suspend");
    private static readonly StoreScript s_resume = StoreScript.Load("resume");

    private readonly RedisKey[] _suspendKeys = [keys.Meta, keys.State, keys.Leases, keys.LeaseExpiries, keys.Suspended];
    private readonly RedisKey[] _resumeKeys = [keys.Meta, keys.Suspended];
    private readonly RedisValue _bell = keys.ChannelPrefix(DoorbellKind.Pool);
    private readonly RedisValue _capacity = keys.Channel(Doorbell.Capacity);

    public Task SuspendAsync(SuspendRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.WithinMs ?? 0, nameof(request));
        RedisValue[] arguments =
        [
            request.WithinMs ?? RedisValue.EmptyString,
            SuspensionField.Encode(request),
            _bell,
            .. Identifier.CheckHosts(request.Hosts).Select(host => (RedisValue)host),
        ];
        return runner.ControlAsync(s_suspend, _suspendKeys, arguments, cancellationToken);
    }

    public async Task<int> ResumeAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken) =>
        (int)await runner.ControlAsync(
            s_resume, _resumeKeys, [_capacity, .. Identifier.CheckHosts(hosts).Select(host => (RedisValue)host)], cancellationToken);
}
