using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>A few words with one server, on a socket of its own, in the form of the protocol that every server reads.</summary>
internal sealed class ServerTalk : IAsyncDisposable
{
    private const int AnswerBytes = 16 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private Stream? _stream;

    /// <summary>How far it has come.</summary>
    public ServerTalkStage Stage { get; private set; }

    /// <summary>Connects.</summary>
    public async Task OpenAsync(StoreAddress address, EndPoint endpoint, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(endpoint, cancellationToken);
        Stage = ServerTalkStage.Connected;
        NetworkStream plain = new(_socket);
        _stream = plain;
        if (address.Ssl)
        {
            SslStream secure = new(plain);
            _stream = secure;
            string? host = address.SslHost ?? StoreAddress.HostOf(endpoint);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
        }

        Stage = ServerTalkStage.Open;
    }

    /// <summary>Says a command and reads its answer.</summary>
    /// <returns>The strings of an array, or one text with its mark: <c>+</c>, <c>-</c>; whatever came from what is no Redis server.</returns>
    /// <exception cref="IOException">The connection was closed before anything came.</exception>
    public async Task<IReadOnlyList<string?>> AskAsync(string[] words, CancellationToken cancellationToken)
    {
        Stage = ServerTalkStage.Open;
        StringBuilder question = new();
        question.Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (string word in words)
        {
            question.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await _stream!.WriteAsync(Encoding.UTF8.GetBytes(question.ToString()), cancellationToken);
        return await ReadAsync(_stream, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _socket.Dispose();
    }

    private async Task<IReadOnlyList<string?>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] answer = new byte[AnswerBytes];
        int length = 0;
        while (await stream.ReadAsync(answer.AsMemory(length), cancellationToken) is var count and > 0)
        {
            length += count;
            Stage = ServerTalkStage.Heard;
            string text = Encoding.Latin1.GetString(answer, 0, length);
            List<string?> items = [];
            int at = 0;
            if (TryRead(text, ref at, items))
            {
                return items;
            }
        }

        return length > 0 ? [Encoding.Latin1.GetString(answer, 0, length)] : throw new EndOfStreamException();
    }

    // Whether the answer that begins there is whole.
    private static bool TryRead(string text, ref int at, List<string?> items)
    {
        int end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        string line = text[at..end];
        at = end + 2;
        if (line is not ['*' or '$', ..] || !int.TryParse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
        {
            items.Add(line);
            return true;
        }

        return line[0] == '*' ? TryReadArray(text, ref at, count, items) : TryReadString(text, ref at, count, items);
    }

    private static bool TryReadArray(string text, ref int at, int count, List<string?> items)
    {
        for (int i = 0; i < count; i++)
        {
            if (!TryRead(text, ref at, items))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadString(string text, ref int at, int length, List<string?> items)
    {
        if (length < 0)
        {
            items.Add(null);
            return true;
        }

        if (length > text.Length - at - 2)
        {
            return false;
        }

        items.Add(text.Substring(at, length));
        at += length + 2;
        return true;
    }
}
