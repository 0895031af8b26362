using Eformer.Pool.Envelopes;
using Eformer.Pool.Runs.Losses;

namespace Eformer.Pool.Runs.Collecting;

/// <summary>Reads a run's log for its reader: of each host the latest attempt, and its end as the role takes it.</summary>
/// <param name="run">The run.</param>
/// <param name="log">Its log.</param>
/// <param name="role">What it is collected for.</param>
/// <param name="forgets">Whether nobody else reads the log: what was read need not be kept then.</param>
internal sealed class RunReading(CollectedRun run, RunLog log, IRunRole role, bool forgets)
{
    // 64 entries of at most 256 KiB are what is read at once.
    private const int PartLength = 64;

    private long _part;

    /// <summary>Whether the store has the run no more.</summary>
    public bool IsGone => log.IsGone;

    /// <summary>Takes what there is.</summary>
    /// <param name="readLog">Whether to read the log even when no doorbell says that there is more.</param>
    public async Task DrainAsync(bool readLog)
    {
        await foreach ((ResultItem item, ReadOnlyMemory<byte> data) in log.DrainAsync(readLog, run.Abandoned))
        {
            if (run.Find(item.Host) is { Ended: false, IsFinal: false } target)
            {
                await TakeAsync(target, item, data);
            }

            // On the way, not only at the end: while hosts write faster than this reads there is no end.
            if (log.Next - _part >= PartLength)
            {
                _part = log.Next;
                await run.Final.TellAsync(role);
                await ForgetAsync();
            }
        }

        await run.Final.TellAsync(role);
    }

    /// <summary>
    /// Takes the ends that the store knows and the log does not tell: their entries were read by somebody else and are gone, or the whole
    /// run is. Where another attempt may follow they wait for that, as all ends do. Before the log was read it may tell them yet.
    /// </summary>
    public async Task TakeKnownAsync()
    {
        foreach (RunTarget target in run.Targets.Where(target => target is { Ended: false, AttemptOver: false, Known: not null } && !MayBeTold(target)))
        {
            string fate = log.WasRead ? "its signed entry was received by the run's driver" : "its log could not be read";
            AttemptEnd end = LossRules.Lost(target.Known!.Outcome, $"the store's record of the run; {fate}");
            await role.TakeEndAsync(target, end with { Attempt = target.Known.Attempt });
        }

        await run.Final.TellAsync(role);
    }

    // How long it pays to wait for a store that is away is for the leases to decide, or for who stops the run.
    private bool MayBeTold(RunTarget target) => !log.WasRead && !run.Stop.IsOverdue && target.Slice?.IsLost != true;

    private async Task TakeAsync(RunTarget target, ResultItem item, ReadOnlyMemory<byte> data)
    {
        if (target.IsPast(item.Attempt))
        {
            return;
        }

        await FollowAsync(target, item.Attempt);
        if (item.End is { } end)
        {
            await (target.IsFollowed(end) ? Task.CompletedTask : role.TakeEndAsync(target, end));
        }
        else if (target.Join(data, item.Partial) is { } whole)
        {
            await run.Records.WriteAsync(target, item.Kind, whole);
        }
    }

    // The first record of a later attempt says that there is one.
    private async Task FollowAsync(RunTarget target, int attempt)
    {
        if (attempt > target.Attempt)
        {
            await role.HearAsync(target, attempt);
        }

        if (target.Seen > 0 && attempt > target.Seen && target.SeenAnything)
        {
            await run.Records.RestartAsync(target, LossRules.Lost(RunOutcome.Unknown, "another attempt was made") with { Attempt = target.Seen });
        }

        target.See(attempt);
    }

    // A long run's output must not gather in the store.
    private async Task ForgetAsync()
    {
        if (!forgets)
        {
            return;
        }

        try
        {
            await run.Session.Store.TrimLogAsync(run.RunId, log.Next, run.Abandoned);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Forgotten with the next part; until then it is only kept longer than needed.
        }
    }
}
