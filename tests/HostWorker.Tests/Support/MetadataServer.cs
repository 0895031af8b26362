using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eformer.Pool.HostWorker.Tests.Support;

/// <summary>A metadata server on the loopback interface.</summary>
internal sealed class MetadataServer : IAsyncDisposable
{
    private const string Root = "/computeMetadata/v1/";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public MetadataServer()
    {
        _listener.Start();
        Host = _listener.LocalEndpoint.ToString()!;
        _serving = ServeAsync();
    }

    /// <summary>Address and port.</summary>
    public string Host { get; }

    /// <summary>The entries, by path.</summary>
    public ConcurrentDictionary<string, string> Entries { get; } = new();

    /// <summary>The header that says what it is.</summary>
    public string Flavor { get; set; } = "Metadata-Flavor: Google";

    /// <summary>Status of every answer, where it is not to be 200 or 404.</summary>
    public string? Status { get; set; }

    /// <summary>Whether it takes requests and never answers.</summary>
    public bool Silent { get; set; }

    /// <summary>What it was asked, headers and all.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[8192];
                int read = await stream.ReadAsync(buffer, _end.Token);
                string request = Encoding.ASCII.GetString(buffer, 0, read);
                Requests.Enqueue(request);
                if (Silent)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer(request.Split(' ')[1])), _end.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // Whoever asked does not wait any more.
            }
        }
    }

    private string Answer(string path)
    {
        string? body = path.StartsWith(Root, StringComparison.Ordinal) ? Entries.GetValueOrDefault(path[Root.Length..]) : null;
        string status = Status ?? (body is null ? "404 Not Found" : "200 OK");
        return $"HTTP/1.1 {status}\r\n{Flavor}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n{body}";
    }
}
