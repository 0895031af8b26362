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
        SliceAcquirer acquirer = new(session, timings, shape, slices => _renewer!.RenewAsync(slices));
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
            // The name last: what comes after it could fail and leave the name taken, and its claim is not renewed yet.
            DriverMailbox mailbox = await DriverMailbox.OpenAsync(session, cancellationToken);
            await (session.Local?.WaitForHostsAsync(cancellationToken) ?? Task.CompletedTask);
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

    /// <summary>How every host does: state, why, since when. Asks the store, not the hosts, so a busy host answers too.</summary>
    /// <exception cref="SlicePoolException"><c>PoolRemoved</c>, and the store's errors.</exception>
    public Task<IReadOnlyList<HostReport>> TestAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfRemoved();
        return _watch.ReportAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ActorPoolMember<SliceInfo>> GetAllPoolMembers() =>
        [.. _roster.Slices.Select(slice => SliceDescription.Member(Name, slice, slice.Phase(_session.Clock) == LeasePhase.Work))];

    /// <inheritdoc/>
    public override string GetActorPoolName() => Name;

    /// <inheritdoc/>
    public override string GetActorNameFromActorInfo(SliceInfo actorInfo) => $"{Name}/{actorInfo.SliceName}";

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
