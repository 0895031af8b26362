using System.Net;
using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.Store;
using Eformer.Pool.Topology;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Fitness;

/// <summary>Finds out about a server what matters for leases: asks it, and tries what must work.</summary>
internal sealed class StoreInspector(StoreOptions options, TimeProvider time)
{
    /// <summary>Inspects.</summary>
    public async Task<IReadOnlyList<StoreRequirement>> InspectAsync(CancellationToken cancellationToken)
    {
        PoolName.Check(options.Fleet, "fleet");
        StoreAddress address = StoreAddressParser.Parse(options);

        // The usual way in tells clearly what is wrong when there is none.
        await using (await new StoreConnector(options, time).ConnectAsync(cancellationToken))
        {
        }

        await using ConnectionMultiplexer first = await ConnectAsync(address, cancellationToken);
        await using ConnectionMultiplexer second = await ConnectAsync(address, cancellationToken);
        try
        {
            IReadOnlyList<string> sentinels = await AskSentinelsAsync(address, cancellationToken);
            EndPoint? primary = address.ServiceName is null ? null : await new SentinelProbe(address, time).FindPrimaryAsync(cancellationToken);
            ServerFacts[] servers = await Task.WhenAll(Chosen(first).Select(async server =>
                await AskAsync(server, address, primary ?? server.EndPoint, cancellationToken) with { Sentinels = sentinels }));
            StoreProbe probe = new(first, second, options.Fleet, time);
            bool isProbed = servers.All(facts => !facts.IsReplica && !facts.IsClusterDown);
            (long, long)? counted = isProbed ? await probe.CountAsync(cancellationToken) : null;
            bool isHeard = isProbed && await probe.RingAsync(cancellationToken);
            return GroupRules.Worst([.. servers.Select(facts => (facts.Endpoint, FitnessRules.Judge(facts with { Scripts = counted, DoorbellHeard = isHeard })))]);
        }
        catch (RedisException exception)
        {
            throw ServerReply.Translate(exception, address.Display);
        }
        catch (TimeoutException exception)
        {
            throw StoreErrors.Unreachable(address.Display, "it did not answer in time", exception);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        ConfigurationOptions settings = RedisSettings.Bulk(address, options, address.ServiceName is null ? null : new SentinelRoute(() => address, time));

        // The client counts CONFIG among what administrators do, also when it only reads.
        settings.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(cancellationToken);
    }

    // All that take writes: in a cluster each has a part. Where none does, the one that answers.
    private static IServer[] Chosen(ConnectionMultiplexer store)
    {
        IServer[] connected = [.. store.GetServers().Where(server => server.IsConnected)];
        IServer[] primaries = [.. connected.Where(server => !server.IsReplica)];
        return primaries.Length > 0 ? primaries : connected[..Math.Min(1, connected.Length)];
    }

    private async Task<IReadOnlyList<string>> AskSentinelsAsync(StoreAddress address, CancellationToken cancellationToken) => address.ServiceName is null
        ? []
        : await Task.WhenAll(address.Endpoints.Select(sentinel => new SentinelProbe(address, time).AskQuorumAsync(sentinel, cancellationToken)));

    private static async Task<ServerFacts> AskAsync(IServer server, StoreAddress address, EndPoint place, CancellationToken cancellationToken)
    {
        string info = (string?)await server.ExecuteAsync("INFO").WaitAsync(cancellationToken) ?? "";
        return new ServerFacts
        {
            Unfit = ServerFitness.Judge(info, out string name),
            Name = name,
            Endpoint = StoreAddress.Describe(place),
            Info = ServerFitness.Read(info),
            Settings = await ReadSettingsAsync(server, cancellationToken),
            IsEncrypted = address.Ssl,
            IsLoopback = StoreAddress.IsOfThisMachine(place),
            HasPassword = address.Password is { Length: > 0 },
            HasSentinels = address.ServiceName is not null,
            Cluster = server.ServerType == ServerType.Cluster ? await ReadClusterAsync(server, cancellationToken) : null,
        };
    }

    private static async Task<IReadOnlyDictionary<string, string>?> ReadClusterAsync(IServer server, CancellationToken cancellationToken)
    {
        try
        {
            RedisResult answer = await server.ExecuteAsync("CLUSTER", "INFO").WaitAsync(cancellationToken);

            // Not converted to a text: that leaves the mark before it that says that it is one.
            return ServerFitness.Read(answer.ToString());
        }
        catch (RedisServerException)
        {
            // A user with few rights is not told.
            return null;
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>?> ReadSettingsAsync(IServer server, CancellationToken cancellationToken)
    {
        try
        {
            RedisResult answer = await server.ExecuteAsync("CONFIG", "GET", "*").WaitAsync(cancellationToken);
            return answer.Length < 0 ? null : ((RedisResult[])answer!).Chunk(2).DistinctBy(pair => (string)pair[0]!)
                .ToDictionary(pair => (string)pair[0]!, pair => (string?)pair[1] ?? "", StringComparer.OrdinalIgnoreCase);
        }
        catch (RedisServerException)
        {
            // Managed servers and users with few rights do not tell; the rules say so.
            return null;
        }
    }
}
