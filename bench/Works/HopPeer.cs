using Eformer.Pool.Bench.Driving;
using StackExchange.Redis;

namespace Eformer.Pool.Bench.Works;

/// <summary>The other side of a hop, in a process of its own: sends back whatever it takes. Ends with its standard input.</summary>
internal static class HopPeer
{
    /// <summary>The argument that asks for it; endpoint and password follow on standard input.</summary>
    public const string Verb = "hop-peer";

    /// <summary>Answers until its owner ends.</summary>
    public static async Task<int> RunAsync()
    {
        string endpoint = Console.ReadLine() ?? "";
        await using ConnectionMultiplexer connection = await StoreConnection.OpenAsync(endpoint, Console.ReadLine() ?? "");
        IDatabase database = connection.GetDatabase();
        ChannelMessageQueue bell = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(HopFloor.There));
        bell.OnMessage(async _ =>
            await HopFloor.SendAsync(database, HopFloor.Back, await database.ListLeftPopAsync(HopFloor.There)));
        Console.WriteLine("ready");
        Console.ReadLine();
        return 0;
    }
}
