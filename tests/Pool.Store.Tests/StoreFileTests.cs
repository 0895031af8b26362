using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

public sealed class StoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eformer-test-file-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => StoreFile.PathIn(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_written_is_read_and_only_its_owner_may()
    {
        await new StoreFile("127.0.0.1:1", "old").WriteAsync(FilePath, Token);
        StoreFile file = new("127.0.0.1:2", "new");
        await file.WriteAsync(FilePath, Token);
        Assert.Equal(file, await StoreFile.ReadAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(("127.0.0.1:2", "new", "f"), (file.ToOptions("f").Connection, file.ToOptions("f").Password, file.ToOptions("f").Fleet));
        Assert.DoesNotContain("new", file.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_may_use_is_refused(UnixFileMode exposed)
    {
        await new StoreFile("127.0.0.1:1", "hunter2").WriteAsync(FilePath, Token);
        File.SetUnixFileMode(FilePath, File.GetUnixFileMode(FilePath) | exposed);
        await AssertFailsAsync("StoreFileExposed", PoolErrorCategory.SecurityError);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"endpoint\":\"127.0.0.1:1\"}")]
    [InlineData("{\"endpoint\":\"127.0.0.1:1\",\"password\":null}")]
    [InlineData("{\"endpoint\":\"127.0.0.1:1\",\"password\":\"hunter2\",\"more\":1}")]
    [InlineData("{\"endpoint\":\"127.0.0.1:1\",\"endpoint\":\"127.0.0.1:2\",\"password\":\"hunter2\"}")]
    [InlineData("{\"endpoint\":\"127.0.0.1:1\",\"password\":\"hunter2\"} x")]
    public async Task A_file_of_another_form_is_refused(string content)
    {
        await new StoreFile("127.0.0.1:1", "x").WriteAsync(FilePath, Token);
        await File.WriteAllTextAsync(FilePath, content, Token);
        await AssertFailsAsync("StoreFileDamaged", PoolErrorCategory.InvalidData);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_too_large_is_refused()
    {
        await AssertFailsAsync("StoreFileNotFound", PoolErrorCategory.ObjectNotFound);
        await new StoreFile("127.0.0.1:1", new string('x', 5000)).WriteAsync(FilePath, Token);
        await AssertFailsAsync("StoreFileDamaged", PoolErrorCategory.InvalidData);
    }

    private async Task AssertFailsAsync(string id, PoolErrorCategory category)
    {
        SlicePoolException error = await Assert.ThrowsAsync<SlicePoolException>(() => StoreFile.ReadAsync(FilePath, Token));
        Assert.Equal((id, category), (error.ErrorId, error.Category));
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
