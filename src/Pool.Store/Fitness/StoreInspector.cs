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
            ServerFacts facts = await AskAsync(first, address, cancellationToken);
            StoreProbe probe = new(first, second, options.Fleet, time);
            return FitnessRules.Judge(facts.IsReplica ? facts : facts with
            {
                Scripts = await probe.CountAsync(cancellationToken),
                DoorbellHeard = await probe.RingAsync(cancellationToken),
            });
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
        ConfigurationOptions settings = RedisSettings.Bulk(address, options.ClientName);

        // The client counts CONFIG among what administrators do, also when it only reads.
        settings.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(cancellationToken);
    }

    private static async Task<ServerFacts> AskAsync(ConnectionMultiplexer server, StoreAddress address, CancellationToken cancellationToken)
    {
        string info = (string?)await server.GetDatabase().ExecuteAsync("INFO").WaitAsync(cancellationToken) ?? "";
        return new ServerFacts
        {
            Unfit = ServerFitness.Judge(info, out string name),
            Name = name,
            Info = ServerFitness.Read(info),
            Settings = await ReadSettingsAsync(server, cancellationToken),
            IsEncrypted = address.Ssl,
            IsLoopback = address.IsLoopback,
            HasPassword = address.Password is { Length: > 0 },
            HasSentinels = address.ServiceName is not null,
        };
    }

    private static async Task<IReadOnlyDictionary<string, string>?> ReadSettingsAsync(ConnectionMultiplexer server, CancellationToken cancellationToken)
    {
        try
        {
            RedisResult answer = await server.GetDatabase().ExecuteAsync("CONFIG", "GET", "*").WaitAsync(cancellationToken);
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
