using Eformer.Pool.RedisStore.Connections;
using Eformer.Pool.RedisStore.Keys;
using Eformer.Pool.RedisStore.Scripting;
using Eformer.Pool.Store;
using StackExchange.Redis;

namespace Eformer.Pool.RedisStore.Operations;

/// <summary>Stores a run, lists it and announces it.</summary>
internal sealed class SubmitOperation(ScriptRunner runner, FleetKeys keys, Announcer announcer, RunLister lister)
{
    private const int PieceBytes = 256 * 1024;
    private const int Another = 2;

    private static readonly StoreScript s_submit = StoreScript.Load("submit");
    private static readonly StoreScript s_piece = StoreScript.Load("piece");

    public async Task<bool> RunAsync(RunSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(submission.TtlMs, nameof(submission));
        RunKeys run = keys.Run(submission.RunId);
        RedisKey[] used = [.. run.All, .. lister.Keys, .. announcer.Inboxes(submission.Announcements)];
        IDatabase bulk = await runner.Connections.BulkAsync(cancellationToken);
        if (submission.Payload.Length > PieceBytes)
        {
            await StorePiecesAsync(bulk, run, submission, cancellationToken);
        }

        Task<RedisResult> storing = StoreRun(bulk, run, submission);
        if (runner.Connections.IsCluster || submission.MayExist)
        {
            await runner.GuardAsync(storing, used, cancellationToken);
            if (submission.MayExist && (int)await storing == Another)
            {
                return false;
            }
        }

        // On one server everything goes out in one packet and is executed in this order: a run is there before it is announced.
        // Agents begin while the rest is written down; who hears of a run twice takes it once.
        Task announcing = Task.WhenAll(
            announcer.Ring(bulk, submission.Announcements),
            announcer.Store(bulk, submission.Announcements),
            lister.List(bulk, submission.Listing, submission.TtlMs));
        await runner.GuardAsync(Task.WhenAll(storing, announcing), used, cancellationToken);
        return IsStored((int)await storing);
    }

    private bool IsStored(int answer) => answer switch
    {
        1 => true,
        Another => false,
        _ => throw StoreErrors.Unreachable(runner.Connections.Endpoint, "parts of the run's payload were lost on the way"),
    };

    private static Task<RedisResult> StoreRun(IDatabase bulk, RunKeys run, RunSubmission submission)
    {
        int length = submission.Payload.Length;
        int pieces = (length + PieceBytes - 1) / PieceBytes;
        RedisValue[] arguments = [submission.Nonce, submission.TtlMs, pieces, length, submission.Manifest];
        return ScriptRunner.Send(bulk, s_submit, run.All, pieces == 1 ? [.. arguments, submission.Payload] : arguments);
    }

    private async Task StorePiecesAsync(IDatabase bulk, RunKeys run, RunSubmission submission, CancellationToken cancellationToken)
    {
        RedisKey[] used = [run.Payload];
        List<Task<RedisResult>> answers = [];
        for (int start = 0; start < submission.Payload.Length; start += PieceBytes)
        {
            ReadOnlyMemory<byte> piece = submission.Payload.Slice(start, Math.Min(PieceBytes, submission.Payload.Length - start));
            answers.Add(ScriptRunner.Send(bulk, s_piece, used, [answers.Count, submission.TtlMs, piece]));
        }

        await runner.GuardAsync(Task.WhenAll(answers), used, cancellationToken);
    }
}
