using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests.Conformance;

/// <summary>The model's blobs and the servers', asked the same by those who half know what they do, answer the same.</summary>
public sealed class BlobConformanceTests(SharedServers servers) : StoreTests(servers)
{
    private const int Sequences = 10;
    private const int Calls = 60;

    // The last two are of one length: their pieces are stored under each other's names too.
    private static readonly BlobContent[] s_contents =
    [
        BlobContent.Random(0, 0), BlobContent.Random(9, 1), BlobContent.Random((2 * BlobId.PieceBytes) + 1, 2), BlobContent.Random((2 * BlobId.PieceBytes) + 1, 3),
    ];

    [Theory, ClassData(typeof(EachServer))]
    public async Task The_server_answers_as_the_model_does(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        for (int seed = 0; seed < Sequences; seed++)
        {
            await using MemoryStore model = new(TimeProvider.System);
            Random random = new(seed);
            List<string> history = [];
            for (int i = 0; i < Calls; i++)
            {
                (string name, Func<IPoolStore, Task<string>> call) = Next(random);
                history.Add(name);
                (string expected, string actual) = (await call(model), await call(fleet.Store));
                Assert.True(expected == actual, $"Seed {seed}: {string.Join(", ", history)}: the model answers {expected}, the server {actual}");
            }

            await Task.WhenAll(s_contents.Select(content => fleet.Store.ForgetBlobAsync(content.Id, Token)));
        }
    }

    private static (string Name, Func<IPoolStore, Task<string>> Call) Next(Random random)
    {
        BlobContent content = s_contents[random.Next(s_contents.Length)];
        BlobId id = random.Next(10) == 0 ? content.Id with { Length = content.Id.Length + 1 } : content.Id;
        int index = random.Next(content.Id.PieceCount);
        return random.Next(12) switch
        {
            < 7 => Put(random, content, index),
            < 9 => ($"read {id} {index}", async store => Text(await store.ReadBlobAsync(id, index, Token))),
            < 11 => ($"find {id}", async store => string.Join(',', await store.FindMissingBlobsAsync([id, .. s_contents.Select(one => one.Id)], Token))),
            _ => ($"forget {id}", store => ForgetAsync(store, content.Id)),
        };
    }

    private static (string, Func<IPoolStore, Task<string>>) Put(Random random, BlobContent content, int index)
    {
        BlobId name = index < 2 && content == s_contents[2] && random.Next(4) == 0 ? s_contents[3].Id : content.Id;
        return ($"put {name} {index} of {content.Id}", async store => (await store.PutBlobAsync(content.PieceAs(name, index), Token)).Text());
    }

    private static async Task<string> ForgetAsync(IPoolStore store, BlobId blob)
    {
        await store.ForgetBlobAsync(blob, Token);
        return "";
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } there ? Convert.ToHexString(there.Span[..Math.Min(there.Length, 16)]) : "none";
}
