using Eformer.Pool.Runs.Losses;

namespace Eformer.Pool.Runs;

/// <content>Stopping a run, and letting go of it.</content>
internal sealed partial class RunCollector
{
    /// <summary>Stops listening; the run goes on. Hosts that have not ended get an end that says so.</summary>
    public async Task DetachAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _detached = true;
            await _abandon.CancelAsync();
            await _loop;
            _onReleased(this);
        }
    }

    /// <summary>Lets go of a run that may or may not have reached the store.</summary>
    public async Task CancelUnsentAsync()
    {
        _over = true;
        _records.Writer.TryComplete();
        try
        {
            await _canceller.CancelAsync(CancellationToken.None);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // The caller reports the store; without it nothing can start either, and the command expires.
        }

        await DisposeAsync();
    }

    public override async Task CancelAsync(CancellationToken cancellationToken)
    {
        Interlocked.CompareExchange(ref _cancelledAt, _session.Clock.GetTimestamp(), -1);
        if (!_over && !_cancelSent)
        {
            await _canceller.CancelAsync(cancellationToken);
            _cancelSent = true;
            _ring.Sound();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (IsGuest)
        {
            await DetachAsync();
            return;
        }

        if (Interlocked.Exchange(ref _released, 1) != 0)
        {
            return;
        }

        try
        {
            await StopAsync();
            if (!IsKept)
            {
                await _session.Receipts.AddAsync(RunId);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SlicePoolException { ErrorId: "StoreUnreachable" })
        {
            // The pool was removed, or the store is away: there is nobody to tell, and the run's keys have a time to live.
        }
        finally
        {
            _onReleased(this);
            _abandon.Dispose();
        }
    }

    private async Task StopAsync()
    {
        try
        {
            await CancelAsync(CancellationToken.None);
            while (!_loop.IsCompleted)
            {
                // Nobody reads any more: what still comes is dropped, or a full channel would hold the loop.
                while (_records.Reader.TryRead(out _))
                {
                }

                await Task.WhenAny(_loop, _records.Reader.WaitToReadAsync().AsTask());
            }
        }
        finally
        {
            await _abandon.CancelAsync();
            await _loop;
        }
    }

    private void EndDetached()
    {
        AttemptEnd end = LossRules.Lost(RunOutcome.Unknown, "the driver let go of the pool; the run goes on") with { EndedMs = NowMs() };
        foreach (RunTarget target in _targets.Where(target => !target.Ended))
        {
            _records.Writer.TryWrite(new RunRecord(target.Address, RecordKind.End, default, end));
        }

        _over = true;
        _records.Writer.TryComplete();
    }

    // A host that waits for its next attempt has nobody on it who hears that somebody else stops the run: it would end only with that attempt.
    private async Task HearStopAsync()
    {
        if (_waits.Count > 0 && Interlocked.Read(ref _cancelledAt) < 0 && await TryReadRunAsync() is { Cancelled: true })
        {
            Interlocked.CompareExchange(ref _cancelledAt, _session.Clock.GetTimestamp(), -1);
        }
    }

    // The wish to stop may have met a store that was away. And where nobody can tell any more how it ends, nothing may go on.
    private async Task CancelAgainAsync()
    {
        if (_cancelSent || (Interlocked.Read(ref _cancelledAt) < 0 && !_log.IsGone))
        {
            return;
        }

        try
        {
            await CancelAsync(_abandon.Token);
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            // Again at the next look; when that never works, the leases end what runs.
        }
    }

    // A host that was judged lost may run on: its agent may only have been silent, and nobody will hear what comes of it.
    private async Task StopWhatIsLostAsync()
    {
        if (!_judged || _cancelSent)
        {
            return;
        }

        try
        {
            await _canceller.CancelAsync(_abandon.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SlicePoolException)
        {
            // Then its lease ends it, or the agent does when it cannot publish.
        }
    }
}
