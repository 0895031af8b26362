using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Takes the attempts of some hosts of a run. A small payload comes with the answer, a large one is read in pieces.</summary>
internal sealed class ClaimOperation(ScriptRunner runner, FleetKeys keys)
{
    private const int InlineBytes = 32 * 1024;

    private static readonly StoreScript s_script = StoreScript.Load("claim");

    public async Task<ClaimReply> RunAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        RunKeys run = keys.Run(request.RunId);
        RedisValue[] arguments =
        [
            Identifier.Check(request.Writer, nameof(request)),
            Identifier.Check(request.Incarnation, nameof(request)),
            request.Attempt,
            request.WithPayload ? InlineBytes : -1,
            .. Identifier.CheckHosts(request.Hosts).Select(host => (RedisValue)host),
        ];
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Attempt, nameof(request));
        RedisResult reply = await runner.ControlAsync(s_script, run.All, arguments, cancellationToken);
        return (string?)reply[0] switch
        {
            "C" => await ReadAsync(request, run, reply, cancellationToken),
            "X" => new ClaimReply(true, true, (string[])reply[1]!, (string[])reply[4]!, default),
            _ => new ClaimReply(false, false, [], [], default),
        };
    }

    private async Task<ClaimReply> ReadAsync(ClaimRequest request, RunKeys run, RedisResult reply, CancellationToken cancellationToken)
    {
        string[] granted = (string[])reply[1]!;
        string[] ended = (string[])reply[4]!;
        int expected = (int)reply[2];
        RedisValue[] pieces = (RedisValue[])reply[3]!;
        if (!request.WithPayload || granted.Length == 0 || expected == 0)
        {
            return new ClaimReply(true, false, granted, ended, default);
        }

        if (pieces.Length == 0)
        {
            pieces = await ReadPiecesAsync(run.Payload, expected, cancellationToken);
        }

        // Acknowledged in between: whoever asked for the run wants nothing more of it.
        return pieces.Length == expected && pieces.All(piece => piece.HasValue)
            ? new ClaimReply(true, false, granted, ended, Join(pieces))
            : new ClaimReply(false, false, [], [], default);
    }

    private async Task<RedisValue[]> ReadPiecesAsync(RedisKey payload, int count, CancellationToken cancellationToken)
    {
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        Task<RedisValue[]> reading = Task.WhenAll(
            Enumerable.Range(0, count).Select(index => bulk.ListGetByIndexAsync(payload, index, CommandFlags.DemandMaster)));
        return await runner.GuardAsync(reading, [payload], cancellationToken);
    }

    private static ReadOnlyMemory<byte> Join(RedisValue[] pieces)
    {
        if (pieces.Length == 1)
        {
            return pieces[0];
        }

        byte[] whole = new byte[pieces.Sum(piece => piece.Length())];
        int at = 0;
        foreach (RedisValue piece in pieces)
        {
            ReadOnlyMemory<byte> bytes = piece;
            bytes.CopyTo(whole.AsMemory(at));
            at += bytes.Length;
        }

        return whole;
    }
}
