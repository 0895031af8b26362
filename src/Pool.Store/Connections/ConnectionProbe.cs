using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Eformer.Pool.RedisStore.Connections;

/// <summary>Finds out why a connection failed, by saying a few words to the server itself.</summary>
internal sealed class ConnectionProbe(StoreAddress address, TimeProvider time)
{
    private const string ClientsAdvice = "Let it have more (maxclients, and its limit of open files; each agent and each pool at work needs three), or end those that nobody needs.";
    private const string OtherAnswer = "it does not answer as a Redis server does";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.2);

    /// <summary>Asks the first server, and makes the error that says what is wrong.</summary>
    public async Task<SlicePoolException> DiagnoseAsync(Exception? cause, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string?> answer = await AskAsync(address.Endpoints[0], ["PING"], cancellationToken);
            return answer is [['+' or '-', ..]] && await IsSentinelAsync(cancellationToken) ? StoreErrors.Sentinel(address.Display, cause) : Judge(answer, cause);
        }
        catch (SlicePoolException exception)
        {
            return exception;
        }
    }

    /// <summary>Logs in to a server and asks it something.</summary>
    /// <returns>Its answer, or its refusal to let us in.</returns>
    /// <exception cref="SlicePoolException"><c>StoreUnreachable</c>: there is nobody who answers; <c>StoreUnfit</c>: somebody else does.</exception>
    public async Task<IReadOnlyList<string?>> AskAsync(EndPoint endpoint, string[] words, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(s_patience, time);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await using ServerTalk talk = new();
        try
        {
            await talk.OpenAsync(address, endpoint, patience.Token);
            return await LogInAsync(talk, patience.Token) is { } refusal ? refusal : await talk.AskAsync(words, patience.Token);
        }
        catch (AuthenticationException exception)
        {
            throw StoreErrors.Unreachable(address.Display, "its certificate is not trusted, or it does not speak TLS", exception);
        }
        catch (Exception exception) when (IsNetworkTrouble(exception, cancellationToken))
        {
            throw talk.Stage == ServerTalkStage.Heard
                ? StoreErrors.Unfit(address.Display, OtherAnswer, exception)
                : StoreErrors.Unreachable(address.Display, Describe(exception, talk.Stage), exception);
        }
    }

    // A sentinel may refuse a password that is the servers', or want none.
    private async Task<bool> IsSentinelAsync(CancellationToken cancellationToken)
    {
        ConnectionProbe nameless = new(address with { User = null, Password = null }, time);
        return await AskAsync(address.Endpoints[0], ["ROLE"], cancellationToken) is ["sentinel", ..]
            || await nameless.AskAsync(address.Endpoints[0], ["ROLE"], cancellationToken) is ["sentinel", ..];
    }

    private async Task<IReadOnlyList<string?>?> LogInAsync(ServerTalk talk, CancellationToken cancellationToken)
    {
        if (address.Password is null)
        {
            return null;
        }

        string[] words = address.User is null ? ["AUTH", address.Password] : ["AUTH", address.User, address.Password];
        IReadOnlyList<string?> answer = await talk.AskAsync(words, cancellationToken);
        return answer is [['+', ..]] ? null : answer;
    }

    /// <summary>Makes an error of an answer that is not what was asked for.</summary>
    public SlicePoolException Judge(IReadOnlyList<string?> answers, Exception? cause)
    {
        string answer = answers.Count > 0 ? answers[0] ?? "" : "";
        string code = answer.Length > 0 && answer[0] == '-' ? answer[1..].Split(' ')[0] : "";
        return answer switch
        {
            ['+', ..] => StoreErrors.Unreachable(address.Display, "it answers, but the connection was not ready in time", cause),
            _ when code is "NOAUTH" or "WRONGPASS" or "NOPERM" => StoreErrors.Authentication(address.Display, cause),
            // A password where none is set, or a wrong one, in the words of older servers.
            ['-', ..] when answer.Contains("AUTH", StringComparison.OrdinalIgnoreCase)
                || answer.Contains("password", StringComparison.OrdinalIgnoreCase) => StoreErrors.Authentication(address.Display, cause),
            // With no more of a code than most errors have: a fleet has grown, or somebody else does not close their connections.
            ['-', ..] when answer.Contains("max number of clients", StringComparison.Ordinal) =>
                StoreErrors.TakesNothing(address.Display, "it has as many clients as it may", ClientsAdvice, cause),
            _ when ServerReply.IsTransient(code) => StoreErrors.Unreachable(address.Display, $"it answers {code}", cause),
            _ => StoreErrors.Unfit(address.Display, OtherAnswer, cause),
        };
    }

    private static bool IsNetworkTrouble(Exception exception, CancellationToken cancellationToken) =>
        exception is SocketException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // What says nothing may be a store that stands still or ends just now, or what passes connections on to one: only a wrong word is proof that
    // there is none.
    private static string Describe(Exception exception, ServerTalkStage stage) => (stage, exception) switch
    {
        (ServerTalkStage.Connected, _) => "it accepts connections but does not answer in TLS",
        (ServerTalkStage.Open, OperationCanceledException) => "it accepts connections but says nothing",
        (ServerTalkStage.Open, _) => "it closes connections without a word",
        (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => "nothing listens there",
        (_, SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }) => "its name cannot be resolved",
        (_, SocketException socket) => socket.SocketErrorCode.ToString(),
        _ => "nothing answers",
    };
}
