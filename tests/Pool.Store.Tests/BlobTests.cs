using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class BlobTests(SharedServers servers) : StoreTests(servers)
{
    private const int Piece = BlobId.PieceBytes;
    private static readonly TimeSpan s_life = TimeSpan.FromDays(7);

    private static string HeadOf(TestFleet fleet, BlobContent content) => $"{{ef:{fleet.Store.Fleet}:blob:{content.Id.Sha256}}}:blob";

    private static string PieceOf(TestFleet fleet, BlobContent content, int index) =>
        $"{{ef:{fleet.Store.Fleet}:blob:{content.Id.Sha256}}}:piece:{index}";

    private static async Task<bool> IsThereAsync(TestFleet fleet, BlobContent content) =>
        (await fleet.Store.FindMissingBlobsAsync([content.Id], Token)).Count == 0;

    [Theory, ClassData(typeof(EachServer))]
    public async Task What_was_stored_is_read_again_piece_by_piece(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        foreach (int length in (int[])[0, 1, Piece - 1, Piece, Piece + 1, (3 * Piece) + 17])
        {
            BlobContent content = BlobContent.Random(length, length);
            Assert.False(await IsThereAsync(fleet, content));
            await content.PutAsync(fleet.Store, Token);
            Assert.True(await IsThereAsync(fleet, content));
            for (int i = 0; i < content.Id.PieceCount; i++)
            {
                Assert.Equal(content.Piece(i).Bytes.ToArray(), (await fleet.Store.ReadBlobAsync(content.Id, i, Token))!.Value.ToArray());
            }
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_blob_that_is_not_whole_is_missing_and_cannot_be_read(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(3 * Piece, 1);
        await content.PutAsync(fleet.Store, Token, without: 1);
        Assert.False(await IsThereAsync(fleet, content));
        Assert.Null(await fleet.Store.ReadBlobAsync(content.Id, 0, Token));
        Assert.Equal(3, await fleet.Store.PutBlobAsync(content.Piece(2), Token));
        Assert.True(await IsThereAsync(fleet, content));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Many_are_asked_for_at_once_in_any_order(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent[] all = [.. Enumerable.Range(0, 700).Select(i => BlobContent.Random(8, i))];
        await Task.WhenAll(all.Where((_, i) => i % 3 == 0).Select(content => content.PutAsync(fleet.Store, Token)));
        IReadOnlyList<BlobId> missing = await fleet.Store.FindMissingBlobsAsync([.. all.Select(content => content.Id)], Token);
        Assert.Equal(all.Where((_, i) => i % 3 != 0).Select(content => content.Id), missing);
        Assert.Empty(await fleet.Store.FindMissingBlobsAsync([], Token));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_piece_that_is_there_is_passed_over_and_one_too_early_is_not_taken(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(3 * Piece, 2);
        Assert.Equal(0, await fleet.Store.PutBlobAsync(content.Piece(1), Token));
        Assert.Equal(1, await fleet.Store.PutBlobAsync(content.Piece(0), Token));
        Assert.Equal(1, await fleet.Store.PutBlobAsync(content.Piece(0), Token));
        Assert.Equal(1, await fleet.Store.PutBlobAsync(content.Piece(2), Token));
        Assert.Equal(2, await fleet.Store.PutBlobAsync(content.Piece(1), Token));
        Assert.Equal(3, await fleet.Store.PutBlobAsync(content.Piece(2), Token));
        Assert.Equal(3, await fleet.Store.PutBlobAsync(content.Piece(0), Token));
        Assert.True(await IsThereAsync(fleet, content));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Pieces_of_two_contents_never_become_one_blob(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(3 * Piece, 3), other = BlobContent.Random(3 * Piece, 4);
        await fleet.Store.PutBlobAsync(other.PieceAs(content.Id, 0), Token);
        Assert.Equal(0, await fleet.Store.PutBlobAsync(content.Piece(1), Token));
        await content.PutAsync(fleet.Store, Token);
        Assert.Equal(content.Piece(0).Bytes.ToArray(), (await fleet.Store.ReadBlobAsync(content.Id, 0, Token))!.Value.ToArray());
        await Assert.ThrowsAsync<ArgumentException>(() => fleet.Store.PutBlobAsync(other.PieceAs(content.Id, 2), Token));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Several_who_store_the_same_do_not_disturb_each_other(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        await using IPoolStore another = await fleet.OpenAnotherAsync();
        BlobContent content = BlobContent.Random((9 * Piece) + 5, 5);
        await Task.WhenAll(content.PutAsync(fleet.Store, Token), content.PutAsync(another, Token), content.PutAsync(another, Token));
        for (int i = 0; i < content.Id.PieceCount; i++)
        {
            Assert.Equal(content.Piece(i).Bytes.ToArray(), (await another.ReadBlobAsync(content.Id, i, Token))!.Value.ToArray());
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Pieces_outlive_the_head_and_a_use_keeps_all_of_them(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(Piece + 1, 6);
        await fleet.Store.PutBlobAsync(content.Piece(0), Token);
        Assert.InRange((await LifeAsync(fleet, HeadOf(fleet, content))).TotalDays, 0.4, 0.5);
        await fleet.Store.PutBlobAsync(content.Piece(1), Token);
        string[] all = fleet.Keys();
        Assert.Equal(3, all.Length);
        await Task.WhenAll(all.Select(key => fleet.Raw.KeyExpireAsync(key, TimeSpan.FromDays(6))));
        Assert.True(await IsThereAsync(fleet, content));
        Assert.InRange(await LifeAsync(fleet, HeadOf(fleet, content)), s_life - TimeSpan.FromHours(1), s_life);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(await LifeAsync(fleet, PieceOf(fleet, content, i)) > s_life + TimeSpan.FromHours(12));
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_blob_that_lacks_a_piece_is_missing_once_somebody_notices(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(2 * Piece, 7);
        await content.PutAsync(fleet.Store, Token);
        await fleet.Raw.KeyDeleteAsync(PieceOf(fleet, content, 1));
        Assert.NotNull(await fleet.Store.ReadBlobAsync(content.Id, 0, Token));
        Assert.Null(await fleet.Store.ReadBlobAsync(content.Id, 1, Token));
        Assert.False(await IsThereAsync(fleet, content));
        await content.PutAsync(fleet.Store, Token);
        await fleet.Raw.KeyDeleteAsync(PieceOf(fleet, content, 0));
        await fleet.Raw.KeyExpireAsync(HeadOf(fleet, content), TimeSpan.FromDays(1));
        Assert.False(await IsThereAsync(fleet, content));
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_forgotten_blob_leaves_nothing(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(2 * Piece, 8);
        await content.PutAsync(fleet.Store, Token);
        await fleet.Store.ForgetBlobAsync(content.Id, Token);
        Assert.Empty(fleet.Keys());
        await fleet.Store.ForgetBlobAsync(content.Id, Token);
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Keys_of_the_wrong_type_are_named(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(4, 9);
        string head = HeadOf(fleet, content);
        await fleet.Raw.StringSetAsync(head, "spoilt");
        await AssertDamagedAsync(head, () => fleet.Store.FindMissingBlobsAsync([content.Id], Token));
        await AssertDamagedAsync(head, () => fleet.Store.PutBlobAsync(content.Piece(0), Token));
        await AssertDamagedAsync(head, () => fleet.Store.ReadBlobAsync(content.Id, 0, Token));
        Assert.Equal([head], fleet.Keys());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_piece_of_the_wrong_type_is_never_read_and_can_be_stored_again(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(4, 12);
        string piece = PieceOf(fleet, content, 0);
        await content.PutAsync(fleet.Store, Token);
        await fleet.Raw.KeyDeleteAsync(piece);
        await fleet.Raw.ListRightPushAsync(piece, "spoilt");
        if (kind != ServerKind.Garnet)
        {
            await AssertDamagedAsync(piece, () => fleet.Store.ReadBlobAsync(content.Id, 0, Token));
        }
        else
        {
            // Here a script is told that there is no string.
            Assert.Null(await fleet.Store.ReadBlobAsync(content.Id, 0, Token));
        }

        await fleet.Store.ForgetBlobAsync(content.Id, Token);
        await content.PutAsync(fleet.Store, Token);
        Assert.Equal(content.Bytes, (await fleet.Store.ReadBlobAsync(content.Id, 0, Token))!.Value.ToArray());
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Numbers_that_are_not_ours_count_as_nothing_stored(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        BlobContent content = BlobContent.Random(2 * Piece, 10);
        foreach (string garbage in (string[])["", "nan", "0x1", "1e0", "-1", " 1"])
        {
            await content.PutAsync(fleet.Store, Token, without: 1);
            await fleet.Raw.HashSetAsync(HeadOf(fleet, content), "n", garbage);
            Assert.Equal(0, await fleet.Store.PutBlobAsync(content.Piece(1), Token));
            await content.PutAsync(fleet.Store, Token);
            Assert.True(await IsThereAsync(fleet, content));
            await fleet.Store.ForgetBlobAsync(content.Id, Token);
        }
    }

    [Theory, ClassData(typeof(EachServer))]
    public async Task Only_hashes_lengths_and_pieces_within_bounds_are_taken(ServerKind kind)
    {
        await using TestFleet fleet = await OpenAsync(kind);
        string hash = new('a', 64);
        foreach (BlobId blob in (BlobId[])[new("", 1), new(new('A', 64), 1), new("}:" + hash[2..], 1), new(hash, -1), new(hash, BlobId.MaxLength + 1)])
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => fleet.Store.FindMissingBlobsAsync([blob], Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => fleet.Store.ReadBlobAsync(blob, 0, Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => fleet.Store.PutBlobAsync(new BlobPiece(blob, 0, new byte[1], hash, hash), Token));
        }

        BlobContent content = BlobContent.Random(10, 11);
        BlobPiece piece = content.Piece(0);
        foreach (BlobPiece wrong in (BlobPiece[])[piece with { Index = 1 }, piece with { Index = -1 }, piece with { Bytes = new byte[9] }, piece with { After = hash }, piece with { Before = "x" }])
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => fleet.Store.PutBlobAsync(wrong, Token));
        }

        Assert.Empty(fleet.Keys());
    }

    private static async Task<TimeSpan> LifeAsync(TestFleet fleet, string key) => (await fleet.Raw.KeyTimeToLiveAsync(key))!.Value;

    private static async Task AssertDamagedAsync(string key, Func<Task> call)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(call);
        Assert.Equal("StoreDamaged", error.ErrorId);
        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
    }
}
