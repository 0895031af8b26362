using System.Runtime.Versioning;
using Eformer.Pool.RuntimeEnvironments;
using Eformer.Pool.Store;
using Eformer.Pool.Testing.Model;

namespace Eformer.Pool.Tests.RuntimeEnvironments;

[UnsupportedOSPlatform("windows")]
public sealed class EnvironmentShipperTests : IAsyncDisposable
{
    private const int Piece = BlobId.PieceBytes;
    private readonly SourceFolder _source = new();
    private readonly MemoryStore _store = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EnvironmentShipper Shipper => new(_source.Packer, _source.Hashes);

    public async ValueTask DisposeAsync()
    {
        _source.Dispose();
        await _store.DisposeAsync();
    }

    private string Write(string name, BlobContent content)
    {
        File.WriteAllBytes(_source.PathOf(name), content.Bytes);
        return _source.PathOf(name);
    }

    private byte[] Stored(BlobContent content) => [.. _store.Shelf.Blobs[content.Id.Sha256].Pieces.SelectMany(piece => piece.ToArray())];

    [Fact]
    public async Task What_is_missing_is_sent_once()
    {
        BlobContent small = BlobContent.Random(10, 1), large = BlobContent.Random((20 * Piece) + 3, 2), empty = BlobContent.Random(0, 3);
        RuntimeEnvironment environment = new() { Files = [Write("a", small), Write("same", small), Write("b", large), Write("c", empty)] };
        Assert.NotNull(await Shipper.SendAsync(_store, environment, Token));
        Assert.Equal(3, _store.Shelf.Blobs.Count);
        Assert.All([small, large, empty], content => Assert.Equal(content.Bytes, Stored(content)));
        Assert.Empty(await _store.FindMissingBlobsAsync([small.Id, large.Id, empty.Id], Token));
    }

    [Fact]
    public async Task Without_files_the_store_is_not_asked()
    {
        _store.IsAway = true;
        Assert.Null(await Shipper.SendAsync(_store, null, Token));
        Assert.Null(await Shipper.SendAsync(_store, new RuntimeEnvironment(), Token));
        Assert.NotNull(await Shipper.SendAsync(_store, new RuntimeEnvironment { InitializationScript = "1" }, Token));
    }

    [Fact]
    public async Task Where_one_stopped_the_next_goes_on()
    {
        BlobContent content = BlobContent.Random(12 * Piece, 4);
        await content.PutAsync(_store, Token, without: 5);
        await Shipper.SendAsync(_store, new RuntimeEnvironment { Files = [Write("a", content)] }, Token);
        Assert.Equal(content.Bytes, Stored(content));
    }

    [Fact]
    public async Task Other_content_under_the_same_name_is_replaced()
    {
        BlobContent content = BlobContent.Random(12 * Piece, 5), other = BlobContent.Random(12 * Piece, 6);
        for (int i = 0; i < 11; i++)
        {
            await _store.PutBlobAsync(other.PieceAs(content.Id, i), Token);
        }

        await Shipper.SendAsync(_store, new RuntimeEnvironment { Files = [Write("a", content)] }, Token);
        Assert.Equal(content.Bytes, Stored(content));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_file_that_changed_since_it_was_hashed_is_an_error_and_never_a_blob(bool shorter)
    {
        BlobContent content = BlobContent.Random(3 * Piece, 7);
        string path = Write("a", content);
        PackedEnvironment packed = await _source.PackAsync(path);
        DateTime written = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, BlobContent.Random(shorter ? Piece : 3 * Piece, 8).Bytes, Token);
        File.SetLastWriteTimeUtc(path, written);
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => Shipper.ShipAsync(_store, packed, Token));
        Assert.Equal(("FileChanged", PoolErrorCategory.ResourceBusy), (error.ErrorId, error.Category));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal([content.Id], await _store.FindMissingBlobsAsync([content.Id], Token));

        // The next try hashes it anew, though nothing but its content tells that it changed.
        await Shipper.SendAsync(_store, new RuntimeEnvironment { Files = [path] }, Token);
        Assert.Contains(_store.Shelf.Blobs.Values, blob => blob.Length == new FileInfo(path).Length && blob.Digest != content.Id.Sha256);
    }

    [Fact]
    public async Task Errors_of_the_store_come_through()
    {
        PackedEnvironment packed = await _source.PackAsync(_source.Write("a"));
        _store.IsAway = true;
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => Shipper.ShipAsync(_store, packed, Token));
        Assert.Equal("StoreUnreachable", error.ErrorId);
    }

    [Fact]
    public async Task Several_who_send_the_same_at_once_make_one_blob()
    {
        BlobContent content = BlobContent.Random(30 * Piece, 9);
        PackedEnvironment packed = await _source.PackAsync(Write("a", content));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Shipper.ShipAsync(_store, packed, Token), Token)));
        Assert.Equal(content.Bytes, Stored(content));
    }
}
