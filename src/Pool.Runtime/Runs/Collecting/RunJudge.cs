using Eformer.Pool.Envelopes;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Writes the ends of hosts that will never end an attempt themselves into the run's log, so that everybody reads the same.</summary>
internal sealed class RunJudge(PoolSession session, string runId, string driverId)
{
    // Who judges may have judged before and died: its own name keeps its numbers apart from others'.
    private readonly string _writer = "judge." + PoolSession.NewId();
    private long _sequence;

    // What is told of an end is escaped JSON, a few hundred bytes of a log's entry of at most 256 KiB.
    private const int MostAtOnce = 256;

    /// <summary>Writes ends.</summary>
    /// <returns>
    /// <see cref="AppendStatus.Fenced"/> when one of the hosts has ended after all: nothing was written then of those that went together
    /// with it; null when the store is away.
    /// </returns>
    public async Task<AppendStatus?> WriteAsync(IReadOnlyList<(RunTarget Target, AttemptEnd End)> ends, CancellationToken cancellationToken)
    {
        AppendStatus whole = AppendStatus.Appended;
        foreach ((RunTarget Target, AttemptEnd End)[] part in ends.Chunk(MostAtOnce))
        {
            if (await WritePartAsync(part, cancellationToken) is not { } status)
            {
                return null;
            }

            whole = status == AppendStatus.Appended ? whole : status;
        }

        return whole;
    }

    private async Task<AppendStatus?> WritePartAsync((RunTarget Target, AttemptEnd End)[] ends, CancellationToken cancellationToken)
    {
        ResultHeader header = new()
        {
            Fleet = session.Store.Fleet,
            RunId = runId,
            Writer = _writer,
            Sequence = _sequence + 1,
            Items = [.. ends.Select(pair => new ResultItem(pair.Target.Key, RecordKind.End, 0, Partial: false, pair.End.Attempt, pair.End))],
        };
        byte[] entry = session.Signer.Sign(EnvelopeType.Verdict, ResultBatch.Encode(header, [.. ends.Select(_ => ReadOnlyMemory<byte>.Empty)]));
        LogEnd[] ended = [.. ends.Select(pair => new LogEnd(pair.Target.Key, pair.End.Attempt, pair.End.Outcome))];
        try
        {
            AppendStatus status = await session.Store.JudgeAsync(
                new LogAppend(runId, _writer, session.OwnerId, _sequence + 1, entry, ended, driverId), cancellationToken);
            _sequence += status == AppendStatus.Appended ? 1 : 0;
            return status;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The caller tells its user what it knows; whoever reads the run later judges again.
            return null;
        }
    }
}
