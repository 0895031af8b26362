using System.Net.Sockets;
using System.Text;

namespace Eformer.Pool.Module.Tests.Engines;

/// <summary>A server behind the module's back, spoken to word by word.</summary>
internal sealed class RawStore : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    /// <summary>Connects to the server of a connection string with a password.</summary>
    public RawStore(string connection)
    {
        string[] parts = connection.Split(",password=");
        string[] endpoint = parts[0].Split(':');
        _client = new TcpClient(endpoint[0], int.Parse(endpoint[1], System.Globalization.CultureInfo.InvariantCulture));
        _reader = new StreamReader(_client.GetStream());
        Assert.Equal("+OK", Send("AUTH", parts[1]));
    }

    /// <summary>Sends a command; its answer, a text with its length before it.</summary>
    public string Send(params string[] words)
    {
        string command = $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"));
        _client.GetStream().Write(Encoding.UTF8.GetBytes(command));
        string answer = _reader.ReadLine()!;
        return answer.StartsWith('$') && answer != "$-1" ? $"{answer}\n{_reader.ReadLine()}" : answer;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }
}
