using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Eformer.Pool.RedisStore.Tests.Support;
using Eformer.Pool.Store;
using Xunit;

namespace Eformer.Pool.RedisStore.Tests;

/// <summary>
/// Garnet delivers a message on its publisher's thread. So a driver that is stopped, in a debugger say, holds up whoever
/// sends it output once the buffers in between are full. That must be the output, never leases.
/// </summary>
public sealed class FrozenListenerTests
{
    private const int Bursts = 40;
    private const int BurstChunks = 100;

    private static readonly TimeSpan s_stuck = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EachServer))]
    public async Task A_driver_that_does_not_listen_holds_up_no_lease(ServerKind kind)
    {
        await using TestServer server = await ServerLauncher.StartAsync(kind, Token);
        await using TestFleet fleet = await TestFleet.OpenAsync(server, Token);
        TestRun run = new(fleet), other = new(fleet);
        await fleet.RegisterAsync("a1", "i1", ["h0", "h1"]);
        await run.SubmitAsync(default);
        await other.SubmitAsync(default);
        await run.ClaimAsync("a1", "i1", "h0");
        Socket frozen = await ListenWithoutReadingAsync(server, fleet.Key($"bell:driver:{TestRun.Driver}")!);
        Task<AppendStatus[]> last = await FloodAsync(run);
        Task control = Task.WhenAll(fleet.BeatAsync("a1", "i1"), fleet.AcquireAsync("l1", "h1"), fleet.RenewAsync(60_000, "l1"), other.ClaimAsync("a1", "i1", "h1"));
        await control.WaitAsync(s_prompt, TimeProvider.System, Token);
        frozen.Dispose();
        Assert.All(await last, status => Assert.Equal(AppendStatus.Appended, status));
    }

    // Sends output until it does not get through any more; a server that drops such a listener never gets there.
    private static async Task<Task<AppendStatus[]>> FloodAsync(TestRun run)
    {
        byte[] entry = new byte[LogNotice.LargestRider];
        Task<AppendStatus[]> burst = Task.FromResult<AppendStatus[]>([]);
        for (int i = 0; i < Bursts; i++)
        {
            int start = i * BurstChunks;
            burst = Task.WhenAll(Enumerable.Range(start + 1, BurstChunks).Select(sequence => run.ChunkAsync("a1", "i1", sequence, entry)));
            if (await Task.WhenAny(burst, Task.Delay(s_stuck, TimeProvider.System, Token)) != burst)
            {
                break;
            }
        }

        return burst;
    }

    private static async Task<Socket> ListenWithoutReadingAsync(TestServer server, string channel)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, server.Ports[0], Token);
        string command = string.Create(
            CultureInfo.InvariantCulture,
            $"*2\r\n$4\r\nAUTH\r\n${server.Address.Password.Length}\r\n{server.Address.Password}\r\n*2\r\n$9\r\nSUBSCRIBE\r\n${channel.Length}\r\n{channel}\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(command), Token);
        byte[] answer = new byte[512];
        string heard = "";
        while (!heard.Contains("subscribe", StringComparison.Ordinal))
        {
            heard += Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer, Token));
        }

        return socket;
    }
}
