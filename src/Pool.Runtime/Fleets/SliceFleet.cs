using System.Globalization;
using Eformer.Pool.Store;
using Eformer.Pool.Time;

namespace Eformer.Pool;

/// <summary>A fleet as its operators see it: hosts, demand, events; and hosts kept free for maintenance. Thread-safe.</summary>
public sealed class SliceFleet : IAsyncDisposable
{
    private readonly IPoolStore _store;
    private readonly bool _isBorrowed;

    private SliceFleet(IPoolStore store, bool isBorrowed)
    {
        _store = store;
        _isBorrowed = isBorrowed;
    }

    /// <summary>Name of the fleet.</summary>
    public string Name => _store.Fleet;

    /// <summary>Opens a fleet. Nothing needs to be in it.</summary>
    /// <exception cref="SlicePoolException">The store's errors; see <see cref="StoreLoader"/>.</exception>
    public static async Task<SliceFleet> OpenAsync(StoreOptions options, CancellationToken cancellationToken = default) =>
        new(await StoreLoader.OpenAsync(options, cancellationToken), isBorrowed: false);

    /// <summary>Every registered host, by key.</summary>
    public async Task<IReadOnlyList<SliceHost>> GetHostsAsync(CancellationToken cancellationToken = default)
    {
        FleetSnapshot fleet = await _store.ReadFleetAsync(cancellationToken);
        Dictionary<string, LeaseRecord> leases = fleet.Leases.ToDictionary(lease => lease.LeaseId, StringComparer.Ordinal);
        DateTimeOffset now = BootClock.Instance.GetUtcNow();
        return [.. fleet.Hosts.Select(host => SliceHost.From(host, leases.GetValueOrDefault(host.LeaseId), _store.Fleet, now))];
    }

    /// <summary>What living pools wait for, oldest first.</summary>
    public async Task<IReadOnlyList<PoolDemand>> GetDemandAsync(CancellationToken cancellationToken = default) =>
        [.. (await _store.ReadFleetAsync(cancellationToken)).Demands.Select(PoolDemand.From)];

    /// <summary>The newest events, oldest first: at most 10,000, none older than seven days.</summary>
    public Task<IReadOnlyList<PoolEvent>> GetEventsAsync(int newest = 10_000, CancellationToken cancellationToken = default) =>
        _store.ReadEventsAsync(newest, cancellationToken);

    /// <summary>Keeps new placements off hosts. With a limit, whoever holds them is moved off within it.</summary>
    /// <param name="hosts">Keys of the hosts; they need not be registered now.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="within">How long holders may stay; null for as long as they like.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task SuspendAsync(IReadOnlyList<string> hosts, string reason, TimeSpan? within, CancellationToken cancellationToken = default)
    {
        string by = string.Create(CultureInfo.InvariantCulture, $"{Environment.UserName}@{Environment.MachineName}");
        await _store.SuspendAsync(new SuspendRequest(hosts, by, reason, within is { } limit ? (long)limit.TotalMilliseconds : null), cancellationToken);
        string until = within is null ? "its holder may stay" : $"its holder must leave it within {within.Value.TotalSeconds:0} s";
        await NoteAsync(PoolEventKind.HostSuspended, hosts, reason.Length == 0 ? until : $"{reason}; {until}", by, cancellationToken);
    }

    /// <summary>Allows placements on hosts again.</summary>
    /// <returns>How many of them were suspended.</returns>
    public async Task<int> ResumeAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken = default)
    {
        string by = string.Create(CultureInfo.InvariantCulture, $"{Environment.UserName}@{Environment.MachineName}");
        int resumed = await _store.ResumeAsync(hosts, cancellationToken);
        if (resumed > 0)
        {
            await NoteAsync(PoolEventKind.HostResumed, hosts, "placements are allowed again", by, cancellationToken);
        }

        return resumed;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _isBorrowed ? ValueTask.CompletedTask : _store.DisposeAsync();

    /// <summary>A fleet through somebody's connection, who closes it.</summary>
    internal static SliceFleet Borrow(IPoolStore store) => new(store, isBorrowed: true);

    private Task NoteAsync(PoolEventKind kind, IReadOnlyList<string> hosts, string reason, string by, CancellationToken cancellationToken) =>
        _store.NoteAsync([.. hosts.Select(host => new PoolEvent { Kind = kind, Host = host, Reason = reason, Source = by })], cancellationToken);
}
