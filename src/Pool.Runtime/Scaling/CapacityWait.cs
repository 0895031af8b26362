using System.Globalization;
using Eformer.Pool.Pools;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Scaling;

/// <summary>One wait for capacity: publishes what is missing, and is woken when a host becomes free. Whoever waits withdraws the wish.</summary>
internal sealed class CapacityWait(
    PoolSession session, PoolRoster roster, PublishedDemand demand, PoolJournal journal, ScaleOptions options, DemandRecord wish) : IAsyncDisposable
{
    private const int MostSecondLooks = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromHours(1);
    private readonly TimeSpan _limit = options.Timeout ?? PoolEnvironment.ScaleTimeout();
    private readonly Ring _rung = new(session.Clock);
    private readonly long _start = session.Clock.GetTimestamp();
    private IAsyncDisposable? _bell;
    private bool _met;
    private int _secondLooks;

    /// <summary>The pool has what it waited for.</summary>
    public void Met() => _met = true;

    /// <summary>Whether there is time left.</summary>
    public bool MayGoOn => session.Clock.GetElapsedTime(_start) < _limit;

    /// <summary>Waits a moment after something went wrong that may be right again soon.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(s_pause, session.Clock, cancellationToken);

    /// <summary>Waits for a reason to look again.</summary>
    /// <param name="reasons">Why no size is possible now.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <exception cref="InsufficientSlicesException">Nobody may wait, or the time is up.</exception>
    public async Task WaitAsync(IReadOnlyList<SizeExplanation> reasons, CancellationToken cancellationToken)
    {
        TimeSpan waited = session.Clock.GetElapsedTime(_start);
        if (reasons.Any(reason => reason.Feasible) && _secondLooks++ < MostSecondLooks)
        {
            // It became possible between the attempt and this look.
            return;
        }

        if (waited >= _limit)
        {
            InsufficientSlicesException refusal = Refusal(reasons);
            journal.Note(PoolEventKind.ScaleRefused, refusal.Message);
            throw refusal;
        }

        await BeginAsync(reasons, cancellationToken);
        options.Progress?.Report(new ScaleWait(wish.Sizes, roster.Slices.Count, waited, _limit, reasons));
        TimeSpan[] limits = [PoolEnvironment.ScalePoll(), s_longestPoll, _limit - waited];
        await _rung.WaitAsync(limits.Min(), cancellationToken);
        _secondLooks = 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bell is null)
        {
            return;
        }

        await _bell.DisposeAsync();
        TimeSpan waited = session.Clock.GetElapsedTime(_start);
        string how = _met ? "met" : waited >= _limit ? "timed out" : "cancelled or failed";
        journal.Note(PoolEventKind.WaitEnded, string.Create(CultureInfo.InvariantCulture, $"{how} after {waited.TotalSeconds:0.#} s"));
    }

    // The bell before the wish: what becomes free from now on is heard.
    private async Task BeginAsync(IReadOnlyList<SizeExplanation> reasons, CancellationToken cancellationToken)
    {
        string reason = Placement.SizeLadder.Describe(reasons);
        if (_bell is null)
        {
            _bell = await session.Store.ListenAsync(Doorbell.Capacity, _ => _rung.Sound(), cancellationToken);
            journal.Note(PoolEventKind.WaitStarted, reason);
            _rung.Sound();
        }

        await demand.PublishAsync(wish with { Held = roster.Slices.Count, Reason = reason }, cancellationToken);
    }

    private InsufficientSlicesException Refusal(IReadOnlyList<SizeExplanation> reasons) =>
        new(wish.Sizes, reasons.Max(reason => reason.Possible), reasons);
}
