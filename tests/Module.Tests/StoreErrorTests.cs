using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

public sealed class StoreErrorTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("New-SlicePool -Store '{0}' -HostsPerSlice 2")]
    [InlineData("Get-SlicePool -Store '{0}'")]
    public void A_store_that_is_not_there_is_named_soon_and_without_its_password(string script)
    {
        int port = FreePort();
        Stopwatch watch = Stopwatch.StartNew();
        EngineResult result = _engine.Run(string.Format(null, script, $"127.0.0.1:{port},password=hunter2"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_limit + s_limit);
        AssertNamed(result.ExpectError("StoreUnreachable"), port);
    }

    [Fact]
    public void The_environment_names_the_store()
    {
        int port = FreePort();
        EngineResult result = _engine.Run($$"""
            try { $env:EFORMER_STORE = '127.0.0.1:{{port}},password=hunter2'; New-SlicePool -HostsPerSlice 2 }
            finally { $env:EFORMER_STORE = $null }
            """);
        AssertNamed(result.ExpectError("StoreUnreachable"), port);
    }

    [Fact]
    public void A_server_that_is_no_store_is_refused()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        _ = AnswerAsync(server);
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        EngineResult result = _engine.Run($"New-SlicePool -Store '127.0.0.1:{port},password=hunter2' -HostsPerSlice 2");
        string id = Assert.Single(result.ErrorIds);
        Assert.Contains(id, (string[])["StoreUnfit", "StoreUnreachable"]);
        AssertNamed(result.Failure!, port);
    }

    private static void AssertNamed(ErrorRecord error, int port)
    {
        Assert.Contains($"127.0.0.1:{port}", error.ToString());
        Assert.DoesNotContain("hunter2", error.ToString());
        for (Exception? cause = error.Exception; cause is not null; cause = cause.InnerException)
        {
            Assert.DoesNotContain("hunter2", cause.ToString());
        }

        Assert.DoesNotContain("hunter2", error.TargetObject?.ToString() ?? "");
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnswerAsync(TcpListener server)
    {
        while (true)
        {
            using TcpClient client = await server.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
    }
}
