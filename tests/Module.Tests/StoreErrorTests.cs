using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Eformer.Pool.Module.Tests.Engines;

namespace Eformer.Pool.Module.Tests;

public sealed class StoreErrorTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("module-tests-").FullName;
    private readonly string _keys;

    public StoreErrorTests()
    {
        // Without keys nobody is asked.
        _keys = Path.Combine(_folder, "keys.json");
        using Process program = Process.Start(new ProcessStartInfo(Places.HostProgram, ["keys", "new", "--file", _keys]) { RedirectStandardOutput = true })!;
        program.StandardOutput.ReadToEnd();
        Assert.True(program.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Without_keys_it_says_how_to_get_some()
    {
        ErrorRecord error = _engine.Run("New-SlicePool -Store 127.0.0.1:1 -HostsPerSlice 2 -KeyFile /no/such.json").ExpectError("KeysNotFound");
        Assert.Contains("keys new", error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("New-SlicePool -Store '{0}' -HostsPerSlice 2 -KeyFile '{1}'")]
    [InlineData("Get-SlicePool -Store '{0}'")]
    public void A_store_that_is_not_there_is_named_and_without_its_password(string script)
    {
        int port = FreePort();
        EngineResult result = _engine.Run(string.Format(null, script, $"127.0.0.1:{port},password=hunter2", _keys));
        AssertNamed(result.ExpectError("StoreUnreachable"), port);
    }

    [Fact]
    public void The_environment_names_the_store()
    {
        int port = FreePort();
        EngineResult result = _engine.Run($$"""
            try { $env:EFORMER_STORE = '127.0.0.1:{{port}},password=hunter2'; New-SlicePool -HostsPerSlice 2 -KeyFile '{{_keys}}' }
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
        EngineResult result = _engine.Run($"New-SlicePool -Store '127.0.0.1:{port},password=hunter2' -HostsPerSlice 2 -KeyFile '{_keys}'");
        string id = Assert.Single(result.ErrorIds);
        Assert.Contains(id, (string[])["StoreUnfit", "StoreUnreachable"]);
        AssertNamed(result.Errors[0], port);
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
