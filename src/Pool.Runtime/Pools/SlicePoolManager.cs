using Eformer.Pool.Leases;
using Eformer.Pool.Pools;
using Eformer.Pool.Runs;

namespace Eformer.Pool;

/// <summary>Leases slices, keeps them, runs on them and lets them go. Thread-safe.</summary>
public sealed class SlicePoolManager : ResourcePoolManager<SliceInfo>
{
    private static readonly TimeSpan s_runsLimit = TimeSpan.FromSeconds(10);
    private readonly PoolSession _session;
    private readonly DriverMailbox _mailbox;
    private readonly PoolClaim _claim;
    private readonly SliceAcquirer _acquirer;
    private readonly RunSender _sender;
    private readonly LeaseRenewer _renewer;
    private readonly SlicePool _self;
    private readonly SemaphoreSlim _scaling = new(1);
    private volatile IReadOnlyList<HeldSlice> _slices = [];
    private volatile bool _removed;

    private SlicePoolManager(PoolSession session, PoolClaim claim, LeaseTimings timings, DriverMailbox mailbox, int hostsPerSlice)
    {
        _session = session;
        _claim = claim;
        _mailbox = mailbox;
        HostsPerSlice = hostsPerSlice;
        Created = session.Clock.GetUtcNow();
        _acquirer = new SliceAcquirer(session, timings, hostsPerSlice);
        _sender = new RunSender(session, mailbox);
        _renewer = new LeaseRenewer(session, timings, () => _slices, _ => WakeRuns());
        _self = new SlicePool(this);
        SlicePoolDirectory.Add(_self);
    }

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
    public int HostsPerSlice { get; }

    /// <summary>The pool as PowerShell users hold it; the same object each time.</summary>
    public SlicePool Pool => _self;

    /// <summary>Its state.</summary>
    public PoolState State =>
        _removed ? PoolState.Removed
        : _slices.Count == 0 ? PoolState.Empty
        : _slices.Any(slice => slice.Phase(_session.Clock) != LeasePhase.Work) ? PoolState.Degraded
        : PoolState.Active;

    /// <summary>Opens a pool that holds nothing yet; a local one starts its store and hosts.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>InvalidName</c>, <c>InvalidSize</c>, <c>InvalidLease</c>, <c>KeysNotFound</c>, <c>PoolInUse</c>, and the store's errors.
    /// Nothing is left behind when it is thrown.
    /// </exception>
    public static async Task<SlicePoolManager> OpenAsync(SlicePoolOptions options, CancellationToken cancellationToken = default)
    {
        LeaseTimings timings = LeaseTimings.Check(options.LeaseTtl);
        PoolSize.Check(options.HostsPerSlice, "hosts per slice");
        PoolSize.Check(options.LocalSliceCount, "slices");
        PoolSession session = await PoolSession.OpenAsync(options, cancellationToken);
        try
        {
            // The name last: what comes after it could fail and leave the name taken.
            DriverMailbox mailbox = await DriverMailbox.OpenAsync(session, cancellationToken);
            PoolClaim claim = new(session, timings);
            await claim.TakeAsync(cancellationToken);
            return new SlicePoolManager(session, claim, timings, mailbox, options.HostsPerSlice);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Grows or shrinks the pool to a number of slices. Growing leaves members alone, shrinking takes the highest slots.</summary>
    /// <exception cref="InsufficientSlicesException">It is not possible now; nothing was changed.</exception>
    /// <exception cref="SlicePoolException"><c>InvalidSize</c>, <c>PoolRemoved</c>, <c>HostsDidNotAccept</c>, and the store's errors.</exception>
    public async Task ScaleMultisliceAsync(int sliceCount, CancellationToken cancellationToken = default)
    {
        PoolSize.Check(sliceCount, "slices");
        await _scaling.WaitAsync(cancellationToken);
        try
        {
            ThrowIfRemoved();
            await ReleaseAsync([.. _slices.Where(slice => slice.IsLost || slice.Slot >= sliceCount)], cancellationToken);
            int[] missing = [.. Enumerable.Range(0, sliceCount).Except(_slices.Select(slice => slice.Slot))];
            if (missing.Length > 0)
            {
                IReadOnlyList<HeldSlice> taken = await _acquirer.TakeAsync(missing, cancellationToken);
                _slices = [.. _slices.Concat(taken).OrderBy(slice => slice.Slot)];
            }
        }
        finally
        {
            _scaling.Release();
        }
    }

    /// <summary>Sends a script to the hosts.</summary>
    /// <exception cref="SlicePoolException">
    /// <c>PoolEmpty</c>, <c>PoolRemoved</c>, <c>LeaseLost</c>, <c>InvalidSelection</c>, <c>ReservedVariable</c>, <c>PayloadTooLarge</c>, and the store's errors.
    /// </exception>
    public async Task<RunHandle> StartRunAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfRemoved();
        IReadOnlyList<HeldSlice> slices = _slices;
        if (slices.Count == 0)
        {
            throw new SlicePoolException(
                "PoolEmpty",
                PoolErrorCategory.InvalidOperation,
                $"The pool '{Name}' holds no slices, so there is nothing to run on.",
                "Make a new pool with New-SlicePool.",
                _self);
        }

        ThrowIfUnsure(slices);
        return await _sender.SendAsync(request, slices, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ActorPoolMember<SliceInfo>> CreateActorAsync(CancellationToken cancellationToken = default)
    {
        await ScaleMultisliceAsync(_slices.Count + 1, cancellationToken);
        return GetAllPoolMembers()[^1];
    }

    /// <inheritdoc/>
    public override async Task DrainActorPoolAsync(CancellationToken cancellationToken = default)
    {
        await _scaling.WaitAsync(cancellationToken);
        try
        {
            await TryCancelRunsAsync();
            await ReleaseAsync(_slices, cancellationToken);
        }
        finally
        {
            _scaling.Release();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ActorPoolMember<SliceInfo>> GetAllPoolMembers() =>
        [.. _slices.Select(slice => SliceDescription.Member(Name, slice, slice.Phase(_session.Clock) == LeasePhase.Work))];

    /// <inheritdoc/>
    public override string GetActorPoolName() => Name;

    /// <inheritdoc/>
    public override string GetActorNameFromActorInfo(SliceInfo actorInfo) => $"{Name}/{actorInfo.SliceName}";

    /// <summary>Drains the pool, forgets its name, and ends a local one's store and hosts. Doing it twice does no harm.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _scaling.WaitAsync();
        try
        {
            if (!_removed)
            {
                await RemoveAsync();
            }
        }
        finally
        {
            _scaling.Release();
        }
    }

    // A local fleet's processes are ended whatever the store says; a shared store's leases lapse when it cannot be told.
    private async Task RemoveAsync()
    {
        try
        {
            await TryCancelRunsAsync();
            IReadOnlyList<HeldSlice> slices = _slices;
            await _claim.GiveBackAsync(slices, forget: true, CancellationToken.None);
            if (_session.Local is null)
            {
                await new ReleaseBarrier(_session).WaitAsync(slices, CancellationToken.None);
            }
        }
        finally
        {
            _removed = true;
            _slices = [];
            SlicePoolDirectory.Remove(_self);
            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await _renewer.DisposeAsync();
            await _mailbox.DisposeAsync();
        }
        finally
        {
            await _session.DisposeAsync();
        }
    }

    private async Task ReleaseAsync(IReadOnlyList<HeldSlice> slices, CancellationToken cancellationToken)
    {
        if (slices.Count > 0)
        {
            await _claim.GiveBackAsync(slices, forget: false, cancellationToken);
            await new ReleaseBarrier(_session).WaitAsync(slices, cancellationToken);

            // Not before: what could not be given back is still ours, and the next call tries again.
            _slices = [.. _slices.Except(slices)];
        }
    }

    // A run that cannot be told to stop ends with its lease, which is given back next.
    private async Task TryCancelRunsAsync()
    {
        try
        {
            await CancelRunsAsync();
        }
        catch (SlicePoolException exception) when (exception.ErrorId == "StoreUnreachable")
        {
            WakeRuns();
        }
    }

    // Whoever reads the runs gets their ends; the runs themselves are let go of by their readers.
    private async Task CancelRunsAsync()
    {
        IReadOnlyCollection<RunCollector> runs = _mailbox.Runs;
        await Task.WhenAll(runs.Select(run => run.CancelAsync(CancellationToken.None)));
        await Task.WhenAny(
            Task.WhenAll(runs.Select(run => run.Ended)),
            Task.Delay(s_runsLimit, _session.Clock, CancellationToken.None));
    }

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
                $"The pool '{Name}' was removed.",
                "Make a new pool with New-SlicePool.",
                _self);
        }
    }

    private void ThrowIfUnsure(IReadOnlyList<HeldSlice> slices)
    {
        HeldSlice? unsure = slices.FirstOrDefault(slice => slice.Phase(_session.Clock) != LeasePhase.Work);
        if (unsure is not null)
        {
            throw new SlicePoolException(
                "LeaseLost",
                PoolErrorCategory.ResourceUnavailable,
                $"The lease of slice '{unsure.Grant.SliceName}' of pool '{Name}' is lost or could not be renewed in time.",
                "Remove the pool and make a new one; see whether the store can be reached.",
                _self,
                _renewer.LastFailure);
        }
    }
}
