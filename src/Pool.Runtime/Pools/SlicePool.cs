namespace Eformer.Pool;

/// <summary>A pool as a PowerShell user holds it. Its properties are read anew each time.</summary>
public sealed class SlicePool
{
    private readonly SlicePoolManager? _manager;
    private readonly SlicePoolException? _problem;
    private readonly PoolState _state;
    private readonly int _sliceCount;
    private readonly int _hostsPerSlice;

    /// <summary>A pool that this process owns.</summary>
    public SlicePool(SlicePoolManager manager)
    {
        _manager = manager;
        Name = manager.Name;
        Fleet = manager.Fleet;
        Store = manager.Store;
        Owner = manager.Owner;
        Created = manager.Created.LocalDateTime;
    }

    /// <summary>A pool that somebody else owns, as it was seen in the store.</summary>
    internal SlicePool(string name, string fleet, string store, string owner, DateTimeOffset created, PoolState state, int sliceCount, int hostsPerSlice)
    {
        Name = name;
        Fleet = fleet;
        Store = store;
        Owner = owner;
        Created = created.LocalDateTime;
        _state = state;
        _sliceCount = sliceCount;
        _hostsPerSlice = hostsPerSlice;
    }

    private SlicePool(string name, string fleet, string store, SlicePoolException problem)
        : this(name, fleet, store, "", default, PoolState.Removed, 0, 0) =>
        _problem = problem;

    /// <summary>A name that stands for no pool: using it throws the given error.</summary>
    /// <param name="name">The name.</param>
    /// <param name="problem">Why it does not.</param>
    /// <param name="fleet">Where there was a pool of that name; empty when that is not known.</param>
    /// <param name="store">The store of that fleet.</param>
    internal static SlicePool Unresolved(string name, SlicePoolException problem, string fleet = "", string store = "") => new(name, fleet, store, problem);

    /// <summary>Name of the pool, unique in its fleet.</summary>
    public string Name { get; }

    /// <summary>Its fleet.</summary>
    public string Fleet { get; }

    /// <summary>Its store as host and port, or <c>local</c>.</summary>
    public string Store { get; }

    /// <summary>Who owns it, for people.</summary>
    public string Owner { get; }

    /// <summary>When it was made, local time.</summary>
    public DateTime Created { get; }

    /// <summary>Its state.</summary>
    public PoolState State => _manager?.State ?? _state;

    /// <summary>Number of slices it holds.</summary>
    public int SliceCount => _manager?.GetAllPoolMembers().Count ?? _sliceCount;

    /// <summary>Hosts in each slice.</summary>
    public int HostsPerSlice => _manager?.HostsPerSlice ?? _hostsPerSlice;

    /// <summary>Number of hosts it holds.</summary>
    public int HostCount => SliceCount * HostsPerSlice;

    /// <summary>Whether this process owns it, and so can run things on it.</summary>
    public bool IsOwned => _manager is not null;

    /// <summary>The manager behind it.</summary>
    /// <exception cref="SlicePoolException"><c>PoolNotOwned</c> when another process owns the pool.</exception>
    public SlicePoolManager GetManager() =>
        _manager ?? throw _problem ?? new SlicePoolException(
            "PoolNotOwned",
            PoolErrorCategory.ResourceBusy,
            $"The pool '{Name}' belongs to {Owner}.",
            "Use it in the session that made it, or make a pool of your own with New-SlicePool.",
            this);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
