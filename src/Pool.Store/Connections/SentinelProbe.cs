using System.Net;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Asks sentinels for the primary; and where no connection came about, why not.</summary>
internal sealed class SentinelProbe(StoreAddress address, TimeProvider time)
{
    private readonly ConnectionProbe _sentinels = new(address with { User = address.SentinelUser, Password = address.SentinelPassword }, time);

    /// <summary>The primary, as the first sentinel names it that names one; null when none does.</summary>
    public async Task<EndPoint?> FindPrimaryAsync(CancellationToken cancellationToken)
    {
        List<Task<(EndPoint? Primary, SlicePoolException? Trouble)>> asked = [.. address.Endpoints.Select(sentinel => AskAsync(sentinel, null, cancellationToken))];
        while (asked.Count > 0)
        {
            Task<(EndPoint? Primary, SlicePoolException? Trouble)> first = await Task.WhenAny(asked);
            if ((await first).Primary is { } primary)
            {
                return primary;
            }

            asked.Remove(first);
        }

        return null;
    }

    /// <summary>Makes the error that says what is wrong.</summary>
    public async Task<SlicePoolException> DiagnoseAsync(Exception? cause, CancellationToken cancellationToken)
    {
        (EndPoint? Primary, SlicePoolException? Trouble)[] found = await Task.WhenAll(address.Endpoints.Select(sentinel => AskAsync(sentinel, cause, cancellationToken)));
        if (found.FirstOrDefault(one => one.Primary is not null).Primary is not { } primary)
        {
            // What one of them said tells more than that others cannot be reached.
            SlicePoolException[] troubles = [.. found.Select(one => one.Trouble!)];
            return troubles.FirstOrDefault(trouble => trouble.ErrorId != "StoreUnreachable") ?? troubles[0];
        }

        if (!address.MayReach(primary))
        {
            return StoreErrors.Insecure(StoreAddress.Describe(primary));
        }

        StoreAddress named = address with { Endpoints = [primary], ServiceName = null };
        return StoreErrors.OfPrimary(address.Display, named.Display, await new ConnectionProbe(named, time).DiagnoseAsync(cause, cancellationToken));
    }

    /// <summary>What a sentinel says of whether there are enough of them for a failover; nothing when it does not answer.</summary>
    public async Task<string> AskQuorumAsync(EndPoint sentinel, CancellationToken cancellationToken)
    {
        try
        {
            return await _sentinels.AskAsync(sentinel, ["SENTINEL", "CKQUORUM", address.ServiceName!], cancellationToken) is [{ } answer, ..] ? answer : "";
        }
        catch (SlicePoolException)
        {
            return "";
        }
    }

    private async Task<(EndPoint? Primary, SlicePoolException? Trouble)> AskAsync(EndPoint sentinel, Exception? cause, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string?> answer = await _sentinels.AskAsync(sentinel, ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", address.ServiceName!], cancellationToken);
            return answer switch
            {
                [{ } host, { } port] when EndpointParser.OfNamed(host, port) is { } primary => (primary, null),
                [] or [null] => (null, StoreErrors.UnknownService(address.Display, address.ServiceName!, cause)),
                [{ } text] when text.StartsWith("-ERR unknown command", StringComparison.Ordinal) => (null, StoreErrors.NoSentinel(address.Display, cause)),
                _ => (null, StoreErrors.OfSentinels(_sentinels.Judge(answer, cause))),
            };
        }
        catch (SlicePoolException exception)
        {
            return (null, StoreErrors.OfSentinels(exception));
        }
    }
}
