using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Finds out why a connection failed, by saying a few words to the server itself.</summary>
internal sealed class ConnectionProbe(StoreAddress address, TimeProvider time)
{
    private const int AnswerBytes = 512;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.2);

    /// <summary>Asks the first server, and makes the error that says what is wrong.</summary>
    public async Task<SlicePoolException> DiagnoseAsync(Exception? cause, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(s_patience, time);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Endpoints[0], patience.Token);
            return Judge(await AskAsync(socket, patience.Token), cause);
        }
        catch (AuthenticationException exception)
        {
            return StoreErrors.Unreachable(address.Display, "its certificate is not trusted, or it does not speak TLS", exception);
        }
        catch (Exception exception) when (IsNetworkTrouble(exception, cancellationToken))
        {
            return socket.Connected
                ? StoreErrors.Unfit(address.Display, "it accepts connections but does not answer as a Redis server does", cause ?? exception)
                : StoreErrors.Unreachable(address.Display, Describe(exception), cause ?? exception);
        }
    }

    private async Task<string> AskAsync(Socket socket, CancellationToken cancellationToken)
    {
        await using Stream stream = await OpenAsync(new NetworkStream(socket), cancellationToken);
        await stream.WriteAsync(Question(), cancellationToken);
        byte[] answer = new byte[AnswerBytes];
        int read = await stream.ReadAsync(answer, cancellationToken);
        return Encoding.Latin1.GetString(answer, 0, read);
    }

    private async Task<Stream> OpenAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (!address.Ssl)
        {
            return stream;
        }

        SslStream secure = new(stream);
        string? host = address.SslHost ?? (address.Endpoints[0] as DnsEndPoint)?.Host ?? (address.Endpoints[0] as IPEndPoint)?.Address.ToString();
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
        return secure;
    }

    private byte[] Question()
    {
        StringBuilder text = new();
        if (address.Password is not null)
        {
            Append(text, address.User is null ? ["AUTH", address.Password] : ["AUTH", address.User, address.Password]);
        }

        Append(text, ["PING"]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, string[] words)
    {
        text.Append('*').Append(words.Length).Append("\r\n");
        foreach (string word in words)
        {
            text.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        }
    }

    private SlicePoolException Judge(string answer, Exception? cause)
    {
        string code = answer.Length > 0 && answer[0] == '-' ? answer[1..].Split(' ', '\r')[0] : "";
        return answer switch
        {
            ['+', ..] => StoreErrors.Unreachable(address.Display, "it answers, but the connection was not ready in time", cause),
            _ when code is "NOAUTH" or "WRONGPASS" or "NOPERM" => StoreErrors.Authentication(address.Display, cause),
            // A password where none is set, or a wrong one, in the words of older servers.
            ['-', ..] when answer.Contains("AUTH", StringComparison.OrdinalIgnoreCase)
                || answer.Contains("password", StringComparison.OrdinalIgnoreCase) => StoreErrors.Authentication(address.Display, cause),
            _ when ServerReply.IsTransient(code) => StoreErrors.Unreachable(address.Display, $"it answers {code}", cause),
            _ => StoreErrors.Unfit(address.Display, "it does not answer as a Redis server does", cause),
        };
    }

    private static bool IsNetworkTrouble(Exception exception, CancellationToken cancellationToken) =>
        exception is SocketException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Describe(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "its name cannot be resolved",
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => "nothing answers",
    };
}
