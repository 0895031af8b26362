using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eformer.Pool.RedisStore.Tests.Servers;

/// <summary>A TCP server that answers as it is told to; by default, as a Redis that knows little.</summary>
internal sealed class FakeRedis : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string[], string?> _answer;
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Makes the raw answer to a command; null for none.</param>
    public FakeRedis(Func<string[], string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Answers to what a client says when it connects, of a server of some version; scripts get the answer given.</summary>
    public static Func<string[], string?> Redis(string version, string scripts)
    {
        string info = Bulk($"# Server\r\nredis_version:{version}\r\nredis_mode:standalone\r\n");
        return command => command[0].ToUpperInvariant() switch
        {
            "HELLO" => "-ERR unknown command 'HELLO'\r\n",
            "PING" => "+PONG\r\n",
            "ECHO" => Bulk(command[1]),
            "INFO" => info,
            "SCRIPT" => Bulk(new string('0', 40)),
            "EVAL" or "EVALSHA" => scripts.Length == 0 ? info : scripts,
            "SUBSCRIBE" => $"*3\r\n{Bulk("subscribe")}{Bulk(command[1])}:1\r\n",
            _ => "+OK\r\n",
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    /// <summary>A text as servers write it.</summary>
    public static string Bulk(string text) => string.Create(CultureInfo.InvariantCulture, $"${text.Length}\r\n{text}\r\n");

    private async Task ServeAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
            {
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
                while (await ReadAsync(reader) is { } command)
                {
                    if (_answer(command) is { } answer)
                    {
                        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _end.Token);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client, or the test, has gone.
            }
        }
    }

    private async Task<string[]?> ReadAsync(StreamReader reader)
    {
        string? head = await reader.ReadLineAsync(_end.Token);
        if (head is null || head.Length == 0 || head[0] != '*')
        {
            return head is null ? null : [head];
        }

        string[] words = new string[int.Parse(head[1..], CultureInfo.InvariantCulture)];
        for (int i = 0; i < words.Length; i++)
        {
            string length = await reader.ReadLineAsync(_end.Token) ?? throw new IOException("The client left in the middle of a command.");
            char[] word = new char[int.Parse(length[1..], CultureInfo.InvariantCulture)];
            await reader.ReadBlockAsync(word, _end.Token);
            await reader.ReadLineAsync(_end.Token);
            words[i] = new string(word);
        }

        return words;
    }
}
