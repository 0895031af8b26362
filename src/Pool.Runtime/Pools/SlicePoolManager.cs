using Eformer.Pool.Health;
using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;
using Eformer.Pool.Scaling;

namespace Eformer.Pool;

/// <summary>Leases slices, keeps them whole, runs on them and lets them go. Thread-safe.</summary>
public sealed partial class SlicePoolManager : ResourcePoolManager<SliceInfo>
{
    private static readonly TimeSpan s_runsLimit = TimeSpan.FromSeconds(10);
    private readonly PoolSession _session;
    private readonly SliceShape _shape;
    private readonly TimeSpan _keepFor;
    private readonly DriverMailbox _mailbox;
    private readonly PoolRoster _roster = new();
    private readonly PoolClaim _claim;
    private readonly PoolJournal _journal;
    private readonly SliceReleaser _releaser;
    private readonly SliceScaler _scaler;
    private readonly SliceDrain _drain;
    private readonly JoinableDrain _drains;
    private readonly RunSender _sender;
    private readonly LeaseRenewer _renewer;
    private readonly SliceWatch _watch;
    private readonly SlicePool _self;
    private readonly Turn _turn = new();
    private readonly Turn _scales = new();
    private CancellationTokenSource _scaleStop = new();
    private volatile bool _removed;

    private SlicePoolManager(PoolSession session, PoolClaim claim, SlicePoolOptions options, SliceShape shape, LeaseTimings timings, DriverMailbox mailbox)
    {
        _session = session;
        _claim = claim;
        _mailbox = mailbox;
        _shape = shape;
        _keepFor = options.KeepFor;
        Created = session.Clock.GetUtcNow();
        _self = new SlicePool(this);
        _journal = new PoolJournal(session, item => EventNoted?.Invoke(this, item));
        _releaser = new SliceReleaser(session, _roster, claim, _journal);
        SliceAcquirer acquirer = new(session, timings, shape);
        PublishedDemand demand = new(session.Store, session.Name, session.OwnerId);
        _scaler = new SliceScaler(session, shape, _roster, acquirer, _releaser, demand, _journal, _turn);
        _drain = new SliceDrain(session, _roster, mailbox, _releaser, _journal);
        _drains = new JoinableDrain(DrainInTurnAsync);
        _sender = new RunSender(session, mailbox, WholeAsync);
        _renewer = new LeaseRenewer(session, timings, options.KeepFor, _roster, OnLost, OnReasserted);
        SliceReplacer replacer = new(session, _roster, acquirer, _releaser, _journal);
        _watch = new SliceWatch(session, _roster, _releaser, demand, replacer, _journal, mailbox, _turn);
        SlicePoolDirectory.Add(_self);
    }

    /// <summary>Raised for every decision, on any thread; must not block. The store keeps them too: see <see cref="PoolEvent"/>.</summary>
    public event EventHandler<PoolEvent>? EventNoted;

    /// <summary>Name of the pool.</summary>
    public string Name => _session.Name;

    /// <summary>Its fleet.</summary>
    public string Fleet => _session.Store.Fleet;

    /// <summary>Its store as host and port, or <c>local</c>.</summary>
    public string Store => _session.Local is null ? _session.Store.Endpoint : "local";

    /// <summary>Who owns it, for people.</summary>
    public string Owner => _session.Owner;

    /// <summary>Random identity of this object as the pool's owner.</summary>
    public string OwnerId => _session.OwnerId;

    /// <summary>When it was opened.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Hosts in each slice.</summary>
    public int HostsPerSlice => _shape.HostsPerSlice;

    /// <summary>What its slices are like.</summary>
    public SliceShape Shape => _shape;

    /// <summary>How long its agents keep it without a driver; zero when it lives as long as this object.</summary>
    public TimeSpan KeepFor => _keepFor;

    /// <summary>The pool as PowerShell users hold it; the same object each time.</summary>
    public SlicePool Pool => _self;

    /// <summary>Its state.</summary>
    public PoolState State =>
        _removed ? PoolState.Removed
        : _roster.Draining.Count > 0 ? PoolState.Draining
        : _roster.Missing.Count > 0 || _roster.Members.Any(slice => slice.Phase(_session.Clock) != LeasePhase.Work) ? PoolState.Degraded
        : _roster.Members.Count == 0 ? PoolState.Empty
        : PoolState.Active;

    /// <summary>Opens a pool that holds nothing yet; a local one starts its store and hosts.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidName</c>, <c>InvalidSize</c>, <c>InvalidLease</c>, <c>InvalidKeep</c>, <c>KeysNotFound</c>, <c>PoolInUse</c>, and the
    /// store's errors. Nothing is left behind when it is thrown.
    /// </exception>
    public static async Task<SlicePoolManager> OpenAsync(SlicePoolOptions options, CancellationToken cancellationToken = default)
    {
        LeaseTimings timings = options.Check();
        SliceShape shape = options.Shape();
        PoolSession session = await PoolSession.OpenAsync(options, cancellationToken);
        try
        {
            // The name last: what comes after it could fail and leave the name taken.
            DriverMailbox mailbox = await DriverMailbox.OpenAsync(session, cancellationToken);
            PoolClaim claim = new(session, timings, options.KeepFor);
            await claim.TakeAsync(cancellationToken);
            SlicePoolManager manager = new(session, claim, options, shape, timings, mailbox);
            manager._journal.Note(PoolEventKind.PoolOpened, $"slices of {shape.HostsPerSlice} host(s)");
            return manager;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Grows or shrinks the pool to a number of slices, waiting for capacity up to <c>EFORMER_SCALE_ADD_TIMEOUT_S</c>.</summary>
    /// <inheritdoc cref="ScaleMultisliceAsync(IReadOnlyList{int}, ScaleOptions?, CancellationToken)"/>
    public Task ScaleMultisliceAsync(int sliceCount, CancellationToken cancellationToken = default) =>
        ScaleMultisliceAsync([sliceCount], null, cancellationToken);

    /// <summary>
    /// Brings the pool to the largest of some sizes that is possible. Growing leaves members alone, shrinking takes the highest slots;
    /// lost slices are replaced under the ids they had.
    /// </summary>
    /// <param name="sizes">The valid sizes: different, 1 to 1,000,000.</param>
    /// <param name="options">How long to wait, and whom to tell; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait; what was taken for a size that was not reached is given back.</param>
    /// <exception cref="InsufficientSlicesException">None of the sizes is possible, now or in time; nothing was changed.</exception>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>PoolRemoved</c>, <c>HostsDidNotAccept</c>, and the store's errors.</exception>
    public async Task ScaleMultisliceAsync(IReadOnlyList<int> sizes, ScaleOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<int> valid = SizeList.Check(sizes);
        CancellationToken drained = Volatile.Read(ref _scaleStop).Token;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drained);
        try
        {
            await _scales.RunAsync(
                () =>
                {
                    ThrowIfRemoved();
                    return _scaler.ScaleAsync(valid, options ?? new ScaleOptions(), either.Token);
                },
                either.Token);
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ActorPoolErrors.Drained(Name);
        }
    }

    /// <summary>What a scale to one of some sizes would do now. Changes nothing.</summary>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>PoolRemoved</c>, and the store's errors.</exception>
    public Task<ScalePreview> PreviewScaleAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken = default)
    {
        ThrowIfRemoved();
        return _scaler.PreviewAsync(SizeList.Check(sizes), cancellationToken);
    }

    /// <summary>How every host does: state, why, since when. Asks the store, not the hosts, so a busy host answers too.</summary>
    /// <exception cref="SlicePoolException"><c>PoolRemoved</c>, and the store's errors.</exception>
    public Task<IReadOnlyList<HostReport>> TestAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfRemoved();
        return _watch.ReportAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ActorPoolMember<SliceInfo>> CreateActorAsync(CancellationToken cancellationToken = default)
    {
        HashSet<string> before = [.. GetAllActorsInPool().Select(actor => actor.Id)];
        await ScaleMultisliceAsync([before.Count + 1], ScaleOptions.Now, cancellationToken);
        return GetAllPoolMembers().First(member => !before.Contains(member.Actor.Id));
    }

    /// <summary>Grows or shrinks the pool to a number of slices, or refuses at once; zero drains it.</summary>
    /// <inheritdoc cref="ScaleMultisliceAsync(IReadOnlyList{int}, ScaleOptions?, CancellationToken)"/>
    public override Task ScaleActorPoolAsync(int count, CancellationToken cancellationToken = default) =>
        count == 0 ? DrainActorPoolAsync(cancellationToken) : ScaleMultisliceAsync([count], ScaleOptions.Now, cancellationToken);

    /// <inheritdoc/>
    public override Task DrainActorPoolAsync(CancellationToken cancellationToken = default) => DrainAsync(new DrainOptions(), cancellationToken);

    /// <summary>
    /// Drains slices: no new work, a cooperative stop, then force; returns when every host is idle. Whoever drains meanwhile joins.
    /// Drained slices are gone; the pool stays.
    /// </summary>
    /// <exception cref="SlicePoolException"><c>HostsNotIdle</c>, naming those that are not idle in time; <c>InvalidSelection</c>; the store's errors.</exception>
    public Task DrainAsync(DrainOptions options, CancellationToken cancellationToken = default) => _drains.RunAsync(options, cancellationToken);

    /// <inheritdoc/>
    public override IReadOnlyList<ActorPoolMember<SliceInfo>> GetAllPoolMembers() =>
        [.. _roster.Slices.Select(slice => SliceDescription.Member(Name, slice, slice.Phase(_session.Clock) == LeasePhase.Work))];

    /// <inheritdoc/>
    public override string GetActorPoolName() => Name;

    /// <inheritdoc/>
    public override string GetActorNameFromActorInfo(SliceInfo actorInfo) => $"{Name}/{actorInfo.SliceName}";

    /// <summary>Drains the pool, forgets its name, and ends a local one's store and hosts.</summary>
    protected override async Task EndPoolAsync()
    {
        await StopScalesAsync();
        await _turn.RunAsync(() => _removed ? Task.CompletedTask : RemoveAsync(), CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override Task KillActorAsync(ActorPoolMember<SliceInfo> member) =>
        DrainAsync(new DrainOptions { Slots = [.. _roster.Slices.Where(slice => slice.Token.LeaseId == member.Actor.Id).Select(slice => slice.Slot)], Force = true });

    private async Task DrainInTurnAsync(DrainOptions options)
    {
        if (options.Slots is null)
        {
            await StopScalesAsync();
        }

        await _turn.RunAsync(() => _removed ? Task.CompletedTask : _drain.DrainAsync(options, CancellationToken.None), CancellationToken.None);
    }

    // Whoever asked for a size before the drain is answered by it; who asks afterwards is not.
    private Task StopScalesAsync() => Interlocked.Exchange(ref _scaleStop, new CancellationTokenSource()).CancelAsync();

    // A local fleet's processes are ended whatever the store says; a shared store's leases lapse when it cannot be told.
    private async Task RemoveAsync()
    {
        IReadOnlyList<HeldSlice> slices = _roster.Slices;
        try
        {
            await _drain.StopRunsAsync(slices, s_runsLimit);
            _journal.Note(PoolEventKind.PoolRemoved, "its owner removed it");
            // Not after it: a renewal makes the pool where there is none, and its name would stay taken for a lease's life.
            await _renewer.DisposeAsync();
            await _claim.GiveBackAsync(slices, forget: true, CancellationToken.None);
            if (_session.Local is null)
            {
                await new ReleaseBarrier(_session).WaitAsync(slices, ReleaseBarrier.Limit, CancellationToken.None);
            }
        }
        finally
        {
            await ForgetAsync();
        }
    }

    private async Task ForgetAsync()
    {
        _removed = true;
        SlicePoolDirectory.Remove(_self);
        try
        {
            await _watch.DisposeAsync();
            await _renewer.DisposeAsync();
            await _journal.DisposeAsync();
            await _mailbox.DisposeAsync();
        }
        finally
        {
            _roster.Aim(0);
            _roster.Remove(_roster.Slices);
            await _session.DisposeAsync();
        }
    }

    private void OnLost(HeldSlice slice)
    {
        string why = _renewer.LastFailure is { } failure ? $"its lease could not be renewed: {failure.Message}" : "the store or its hosts have let go of its lease";
        _journal.Note(PoolEventKind.SliceLost, why, slice.Grant.SliceName);
        WakeRuns();
        _roster.Touch();
        _watch.Wake();
    }

    private void OnReasserted(HeldSlice slice) =>
        _journal.Note(PoolEventKind.SliceReasserted, "the store had lost its lease, and all its hosts hold it", slice.Grant.SliceName);

    private void WakeRuns()
    {
        foreach (RunCollector run in _mailbox.Runs)
        {
            run.Wake();
        }
    }

    private void ThrowIfRemoved()
    {
        if (_removed)
        {
            throw new SlicePoolException(
                "PoolRemoved",
                PoolErrorCategory.InvalidOperation,
                $"The pool '{Name}' was removed, or this session let go of it.",
                "Make a new pool with New-SlicePool, or take a kept one over with Connect-SlicePool.",
                _self);
        }
    }
}
