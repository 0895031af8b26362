using Eformer.Pool.Pools;
using Eformer.Pool.Runs.Collecting;
using Eformer.Pool.Store;

namespace Eformer.Pool.Runs.Driving;

/// <summary>Sends the attempts that a collector has made, and says where the run is. What the store did not take is sent again.</summary>
internal sealed class AttemptSender(CollectedRun run, RunDispatcher dispatcher)
{
    private (IReadOnlyList<RunTarget> Told, IReadOnlyList<HeldSlice> Pool)? _unsent;

    /// <summary>Whether the store has taken everything so far: nothing more is sent before.</summary>
    public bool IsIdle => _unsent is null;

    /// <summary>Sends hosts their next attempts.</summary>
    /// <param name="told">The hosts.</param>
    /// <param name="pool">The slices of the pool.</param>
    public Task SendAsync(IReadOnlyList<RunTarget> told, IReadOnlyList<HeldSlice> pool)
    {
        long now = run.Session.Clock.GetTimestamp();
        foreach (RunTarget target in told)
        {
            target.Send(target.Attempt + 1, now);
        }

        _unsent = (told, pool);
        return SendUnsentAsync();
    }

    /// <summary>Sends what the store was not there for. The same attempts again: they start once, however often they are announced.</summary>
    public async Task SendUnsentAsync()
    {
        if (_unsent is not { } unsent)
        {
            return;
        }

        try
        {
            await dispatcher.SendAsync(run.Targets, unsent.Told, unsent.Pool, run.Abandoned);
            _unsent = null;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // At the next poll; hosts that are lost meanwhile are judged as such.
        }
    }

    /// <summary>Tells hosts to stop the attempts they were sent. One that does not hear of it ends by itself, only later.</summary>
    public Task StopAsync(IReadOnlyList<RunTarget> targets) => TryAmendAsync(run.Canceller.AnnounceAttempts(targets));

    /// <summary>Says where the run is, unless the store is away.</summary>
    /// <returns>Whether the store knows it.</returns>
    public Task<bool> TryTellAsync() => TryAmendAsync([]);

    private async Task<bool> TryAmendAsync(IReadOnlyList<Announcement> announcements)
    {
        try
        {
            await dispatcher.AmendAsync(run.Targets, announcements, run.Abandoned);
            return true;
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            return false;
        }
    }
}
