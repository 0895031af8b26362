using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Scaling;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool.Health;

/// <summary>Watches a pool's hosts as long as the pool lives: notes what changes, and has slices replaced that need it.</summary>
internal sealed class SliceWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    // Whoever waits for a slice asks for a look after each look: one serves all who ask meanwhile.
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_perThousandHosts = TimeSpan.FromSeconds(1);
    private readonly PoolSession _session;
    private readonly PoolRoster _roster;
    private readonly SliceReleaser _releaser;
    private readonly PublishedDemand _demand;
    private readonly SliceReplacer _replacer;
    private readonly PoolJournal _journal;
    private readonly DriverMailbox _mailbox;
    private readonly Turn _turn;
    private readonly HealthHistory _history;
    private readonly Ring _rung;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private Dictionary<(int Slot, string Host), HostReport> _known = [];
    private volatile HashSet<int> _ailing = [];
    private volatile int _replacing = -1;
    private int _ended;

    public SliceWatch(
        PoolSession session,
        PoolRoster roster,
        SliceReleaser releaser,
        PublishedDemand demand,
        SliceReplacer replacer,
        PoolJournal journal,
        DriverMailbox mailbox,
        Turn turn)
    {
        _session = session;
        _roster = roster;
        _releaser = releaser;
        _demand = demand;
        _replacer = replacer;
        _journal = journal;
        _mailbox = mailbox;
        _turn = turn;
        _history = new HealthHistory(session.Clock);
        _rung = new Ring(session.Clock);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Whether the slice of a slot is about to be replaced, so that waiting for it makes sense.</summary>
    public bool IsHealing(int slot) => _replacing == slot
        || ((_ailing.Contains(slot) || _roster.Missing.Contains(slot) || IsGone(slot)) && _replacer.Obstacle(slot) is null);

    /// <summary>Why the slice of a slot cannot be replaced now; null when nothing speaks against it.</summary>
    public string? Obstacle(int slot) => _replacer.Obstacle(slot);

    /// <summary>Looks at once.</summary>
    public void Wake() => _rung.Sound();

    /// <summary>How the hosts do now.</summary>
    public async Task<IReadOnlyList<HostReport>> ReportAsync(CancellationToken cancellationToken) =>
        _history.Report(_roster.Slices, await _session.Store.ReadFleetAsync(cancellationToken));

    /// <summary>Stops watching. Doing it twice does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            await _end.CancelAsync();
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }
    }

    private async Task LoopAsync()
    {
        await using IAsyncDisposable bell = await ListenAsync(Doorbell.Pool(_session.Name), _rung.Sound);
        await using IAsyncDisposable capacity = await ListenAsync(Doorbell.Capacity, OnCapacity);
        TimeSpan period = s_period;
        while (true)
        {
            await _rung.WaitAsync(period, _end.Token);
            try
            {
                period = await LookAsync(_end.Token);
            }
            catch (SlicePoolException)
            {
                // The store is away; leases and runs have their own deadlines. The next look tells.
                period = s_period;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A defect of ours must not leave the pool unwatched, nor unseen.
                _journal.Note(PoolEventKind.WatchFailed, $"the pool could not be looked after: {exception.Message}");
                period = s_period;
            }

            await Task.Delay(s_breath, _session.Clock, _end.Token);
        }
    }

    private async Task<IAsyncDisposable> ListenAsync(Doorbell doorbell, Action onRung)
    {
        while (true)
        {
            try
            {
                return await _session.Store.ListenAsync(doorbell, _ => onRung(), _end.Token);
            }
            catch (SlicePoolException)
            {
                await Task.Delay(s_period, _session.Clock, _end.Token);
            }
        }
    }

    // Only somebody with something to replace cares.
    private void OnCapacity()
    {
        if (_ailing.Count > 0 || _roster.Missing.Count > 0)
        {
            _replacer.Encourage();
            _rung.Sound();
        }
    }

    private async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldSlice> slices = _roster.Slices;
        await _turn.TryRunAsync(() => _demand.ForgetAsync(cancellationToken));
        await _turn.TryRunAsync(() => _releaser.ForgetIdleAsync(cancellationToken));
        if (slices.Count == 0 && _roster.Missing.Count == 0)
        {
            _ailing = [];
            return s_period;
        }

        FleetSnapshot fleet = await _session.Store.ReadFleetAsync(cancellationToken);
        IReadOnlyList<HostReport> reports = _history.Report(slices, fleet);
        NoteChanges(reports);
        Dictionary<int, string> ailing = Ailing(reports, fleet);
        _ailing = ailing.Keys.ToHashSet();
        _roster.Touch();
        foreach ((int slot, string why) in ailing.Concat(_roster.Missing.Select(slot => KeyValuePair.Create(slot, "its slice was lost"))))
        {
            await ReplaceAsync(slot, why, cancellationToken);
        }

        TimeSpan slower = s_perThousandHosts * (fleet.Hosts.Count / 1000);
        return _ailing.Count > 0 || _roster.Missing.Count > 0 ? TimeSpan.FromSeconds(1) + slower : s_period + slower;
    }

    private void NoteChanges(IReadOnlyList<HostReport> reports)
    {
        foreach (HostReport report in reports)
        {
            bool wasHealthy = _known.GetValueOrDefault((report.SliceId, report.Host))?.Healthy ?? true;
            if (wasHealthy != report.Healthy)
            {
                PoolEventKind kind = report.Healthy ? PoolEventKind.HostRecovered : PoolEventKind.HostUnhealthy;
                _journal.Note(kind, report.Healthy ? "it is healthy again" : $"{report.State}: {report.Why}", report.SliceName, report.Host);
            }
        }

        // A host may be listed twice: by a slice that was lost, and by the one that took its place.
        _known = reports.ToDictionary(report => (report.SliceId, report.Host));
    }

    private Dictionary<int, string> Ailing(IReadOnlyList<HostReport> reports, FleetSnapshot fleet)
    {
        Dictionary<string, HostRecord> hosts = fleet.Hosts.ToDictionary(host => host.Registration.Host, StringComparer.Ordinal);
        DateTime now = _session.Clock.GetLocalNow().DateTime;
        return reports
            .Where(report => _roster.Expected.Contains(report.SliceId))
            .Where(report => HealthRules.CallsForReplacement(report, hosts.GetValueOrDefault(report.Host), now))
            .GroupBy(report => report.SliceId)
            .ToDictionary(group => group.Key, group => $"host {group.First().HostId}: {group.First().Why}");
    }

    private async Task ReplaceAsync(int slot, string why, CancellationToken cancellationToken)
    {
        if (IsWorking(slot))
        {
            return;
        }

        // New runs wait from here on; those that were sent a moment ago are seen by the look inside.
        _replacing = slot;
        try
        {
            await _turn.TryRunAsync(() => ReplaceInTurnAsync(slot, why, cancellationToken));
        }
        finally
        {
            _replacing = -1;
            _roster.Touch();
        }
    }

    // What was found a while ago is looked at again: the slots before this one may have taken their time.
    private async Task ReplaceInTurnAsync(int slot, string why, CancellationToken cancellationToken)
    {
        FleetSnapshot fleet = await _session.Store.ReadFleetAsync(cancellationToken);
        IReadOnlyList<HostReport> reports = _history.Report([.. _roster.Slices.Where(slice => slice.Slot == slot)], fleet);
        bool needed = _roster.Missing.Contains(slot) || Ailing(reports, fleet).ContainsKey(slot);
        if (needed && _roster.Expected.Contains(slot) && !_roster.Draining.Contains(slot) && !IsWorking(slot) && !IsBusy(slot, reports))
        {
            await _replacer.TryReplaceAsync(slot, why, fleet, cancellationToken);
        }
    }

    // What runs on the hosts that are left is not disturbed: a host's failure costs its own outcome only. A pool that was taken
    // over may have work of its former driver.
    private bool IsBusy(int slot, IReadOnlyList<HostReport> reports) =>
        !IsGone(slot) && reports.Any(report => report.SliceId == slot && report.State == HostHealthState.Busy);

    private bool IsGone(int slot) => _roster.Members.Any(slice => slice.Slot == slot && slice.IsGone);

    private bool IsWorking(int slot)
    {
        HeldSlice? slice = _roster.Slices.FirstOrDefault(slice => slice.Slot == slot);
        return slice is { IsGone: false } && _mailbox.Runs.Any(run => run.IsActiveOn(slice));
    }
}
