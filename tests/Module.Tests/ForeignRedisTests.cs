using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

/// <summary>Some other module has loaded an older StackExchange.Redis into the session first.</summary>
public class ForeignRedisTests
{
    private const string Loaded = """
        [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object GetName | Where-Object Name -eq StackExchange.Redis |
            ForEach-Object { "redis $($_.Version)" }
        """;

    [Fact]
    public void The_store_is_used_beside_it()
    {
        (int exitCode, string output, string errors) = SessionProcess.Run(
            $"Get-SlicePool -Store 127.0.0.1:1; {Loaded}", "--foreign");
        Assert.StartsWith("StoreUnreachable,", errors);
        Assert.Equal(0, exitCode);
        string[] versions = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["redis 2.0.0.0", "redis 3.0.0.0"], versions.Order());
    }

    [Fact]
    public void A_pool_works_beside_it()
    {
        (int exitCode, string output, string errors) = SessionProcess.Run(
            $"$pool = New-SlicePool -Local; $pool | Invoke-OnEachHost {{ 6 * 7 }}; $pool | Remove-SlicePool; {Loaded}", "--foreign");
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["42", "42", "redis 2.0.0.0", "redis 3.0.0.0"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }
}
