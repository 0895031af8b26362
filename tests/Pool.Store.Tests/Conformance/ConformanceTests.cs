using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests.Conformance;

/// <summary>The model, the embedded server and Redis, asked the same, answer the same.</summary>
public sealed class ConformanceTests(SharedServers servers) : StoreTests(servers)
{
    private const int Sequences = 30;
    private const int Calls = 40;
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(3);

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_server_answers_as_the_model_does(ServerKind kind)
    {
        for (int seed = 0; seed < Sequences; seed++)
        {
            await using TestFleet fleet = await OpenAsync(kind);
            await CompareAsync(seed, fleet.Store);
        }
    }

    private static async Task CompareAsync(int seed, IPoolStore server)
    {
        LateClock clock = new();
        await using MemoryStore model = new(clock);
        RandomCalls calls = new(seed, model, Token);
        List<string> history = [];
        for (int i = 0; i < Calls; i++)
        {
            (string name, Func<IPoolStore, Task<object?>> call) = calls.Next();
            history.Add(name);
            string expected = Answers.Of(await call(model)), actual = Answers.Of(await call(server));
            Assert.True(expected == actual, Report(seed, history, expected, actual));
            await PassAsync(server);
            clock.Pass();
            expected = Answers.Of(await model.ReadFleetAsync(Token));
            actual = Answers.Of(await server.ReadFleetAsync(Token));
            Assert.True(expected == actual, Report(seed, history, expected, actual));
        }
    }

    // Asks on until what lives for a millisecond has lapsed: the server runs on this machine, by the same clock.
    private static async Task PassAsync(IPoolStore server)
    {
        DateTimeOffset later = TimeProvider.System.GetUtcNow() + s_short;
        while (TimeProvider.System.GetUtcNow() < later)
        {
            await server.ReadFleetAsync(Token);
        }
    }

    private static string Report(int seed, List<string> history, string expected, string actual) =>
        $"Seed {seed}, after {history.Count} calls:\n{string.Join('\n', history.TakeLast(5))}\nThe model answers {expected}\nthe server {actual}";
}
